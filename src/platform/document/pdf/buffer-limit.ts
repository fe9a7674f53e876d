/** A page's drawing of more than this is no page of a bulletin; pictures are never unpacked. */
const largestBuffer = 64 * 1024 * 1024;
const mostTogether = 640 * 1024 * 1024;
/** Smaller ones are not counted. */
const small = 256 * 1024;

/**
 * Bounds the memory that a thread's `resourceLimits` do not: that of buffers, into which pdf.js unfolds streams, doubling one
 * until it is large enough. A stream may be packed several times over, so that a file of 20 KB unfolds to gigabytes.
 *
 * @returns whether a buffer was refused, of which pdf.js may have made an empty page
 */
export function limitBuffers(): () => boolean {
  let [together, refused] = [0, false];
  const counted = (size: unknown): void => {
    if (typeof size !== 'number' || size < small) return;
    together += size;
    if (size <= largestBuffer && together <= mostTogether) return;
    refused = true;
    throw new RangeError('a stream unfolds to too much');
  };
  for (const name of ['Uint8Array', 'Uint8ClampedArray', 'ArrayBuffer'] as const)
    Object.assign(globalThis, {
      [name]: new Proxy(globalThis[name], {
        construct(target, args: unknown[], made) {
          counted(args[0]);
          return Reflect.construct(target, args, made) as object;
        },
      }),
    });
  return () => refused;
}
