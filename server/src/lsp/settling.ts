/** How long typing may go on before what depends on it is looked at again, in milliseconds. */
const SETTLE = 150;

/** Starts `act` once nothing has happened for a moment, and never a second time before it has ended. */
export function settling(
  act: () => Promise<void>,
  start: (work: Promise<void>) => void,
): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isRunning = false;
  const trigger = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (isRunning) {
        trigger();
        return;
      }
      isRunning = true;
      start(
        act().finally(() => {
          isRunning = false;
        }),
      );
    }, SETTLE);
  };
  return trigger;
}
