/** ASCII text in bytes: k6 has no encoder that writes in place. */

export function asciiBytes(from: string): Uint8Array {
  const bytes = new Uint8Array(from.length);
  for (let i = 0; i < from.length; i += 1) bytes[i] = from.charCodeAt(i);
  return bytes;
}

export function asciiText(bytes: Uint8Array, at: number, length: number): string {
  let read = '';
  for (let i = at; i < at + length; i += 1) read += String.fromCharCode(bytes[i] as number);
  return read;
}
