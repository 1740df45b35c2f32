/** A page's pytest code with the modules it imports, by path. See proofs.mjs. */
export interface Proof {
  name: string;
  files: Record<string, string>;
  proof: string;
}

export interface ProofResult {
  name: string;
  passed: boolean;
  output: string;
}

export function proofOf(name: string, markdown: string): Proof | undefined;
export function missingProofs(
  provable: readonly string[],
  proofs: readonly { name: string }[],
): string[];
export function runProofs(proofs: readonly Proof[]): Promise<ProofResult[]>;
