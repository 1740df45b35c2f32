import * as vscode from 'vscode';

/** Of rule pages and lessons: what the setting says, else what the editor speaks. */
export function currentLanguage(): 'en' | 'ko' {
  const chosen = vscode.workspace.getConfiguration('fastapiMentor').get<string>('language', 'auto');
  if (chosen === 'en' || chosen === 'ko') return chosen;
  return vscode.env.language.toLowerCase().startsWith('ko') ? 'ko' : 'en';
}
