import { getHeapStatistics } from 'node:v8';
import { parentPort, type TransferListItem } from 'node:worker_threads';

/** What a thread says of a file. */
export interface Answered<Answer> {
  answer: Answer;
  /** Another file may be given to it. */
  again: boolean;
}

export interface Reading<Answer> {
  answer: Answer;
  /** Memory that changes hands instead of being copied. */
  transfer?: readonly TransferListItem[];
  /** The thread is not what it was before. */
  spent?: boolean;
}

/** Bytes; a thread with more is not worth keeping. */
const keptHeap = 64 * 1024 * 1024;

/** The thread's side of `readApart`: reads whatever it is given. What it dies of is heard by whoever started it. */
export function answerEach<Task, Answer>(read: (task: Task) => Reading<Answer> | Promise<Reading<Answer>>): void {
  const answer = async (task: Task) => {
    const { answer, transfer = [], spent = false } = await read(task);
    const { total_heap_size: heap, external_memory: buffers } = getHeapStatistics();
    const again = !spent && heap + buffers < keptHeap;
    parentPort!.postMessage({ answer, again } satisfies Answered<Answer>, transfer);
  };
  // A rejection that nobody handles ends the thread with its error.
  parentPort!.on('message', (task: Task) => void answer(task));
}
