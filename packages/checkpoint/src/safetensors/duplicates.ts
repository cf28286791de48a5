/**
 * The first key that one object of a JSON text holds twice, or undefined. `JSON.parse` silently keeps the last of
 * two equal keys, which would let two readers see two different tensors in one file.
 *
 * `json` must already have been accepted by `JSON.parse`: the scan relies on it being well formed.
 */
export function duplicateKey(json: string): string | undefined {
  const open: (Set<string> | null)[] = []; // null for an array
  let at = 0;
  while (at < json.length) {
    const char = json[at];
    if (char === '{') open.push(new Set());
    else if (char === '[') open.push(null);
    else if (char === '}' || char === ']') open.pop();
    else if (char === '"') {
      const end = stringEnd(json, at);
      const keys = open.at(-1);
      if (keys && isKey(json, end)) {
        const key = String(JSON.parse(json.slice(at, end)));
        if (keys.has(key)) return key;
        keys.add(key);
      }
      at = end;
      continue;
    }
    at++;
  }
  return undefined;
}

function stringEnd(json: string, start: number): number {
  let at = start + 1;
  while (at < json.length && json[at] !== '"') at += json[at] === '\\' ? 2 : 1;
  return at + 1;
}

function isKey(json: string, afterString: number): boolean {
  let at = afterString;
  while (/\s/.test(json[at] ?? '')) at++;
  return json[at] === ':';
}
