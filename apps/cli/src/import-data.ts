import { type ImportForm, importData } from '@x-llm/train/data';
import { asUserError } from './train-stage.ts';

/** `xllm data import`. */
export async function importInto(
  from: ImportForm,
  input: string,
  output: string,
  options: Parameters<typeof importData>[3],
): Promise<void> {
  const { written, leftOut, reasons } = await asUserError(() => importData(from, input, output, options));
  for (const reason of reasons) process.stderr.write(`${reason}\n`);
  if (leftOut > reasons.length) process.stderr.write(`… and ${leftOut - reasons.length} more\n`);
  console.log(`${output}: ${written} written, ${leftOut} left out`);
}
