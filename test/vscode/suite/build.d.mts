export function buildSuite(): Promise<{ folder: string; vsix: string }>;
