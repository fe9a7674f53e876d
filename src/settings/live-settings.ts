import { Settings } from './settings.js';

/**
 * The settings of a running process. What is entered at the console changes them: whoever asks `settings` at the time of need sees the
 * newest, and whoever keeps a part goes on with what it was.
 */
export class LiveSettings {
  readonly settings: Settings;
  private current: Settings;
  private readonly listeners: ((settings: Settings) => void)[] = [];

  /** @param base as the environment gives them */
  constructor(readonly base: Settings) {
    this.current = base;
    const none = Object.create(Settings.prototype) as Settings;
    this.settings = new Proxy(none, { get: (_none, key) => Reflect.get(this.current, key) as unknown });
  }

  use(settings: Settings): void {
    this.current = settings;
    for (const listener of this.listeners) listener(settings);
  }

  /** Tells what is kept open by settings that they have changed. */
  onChange(listener: (settings: Settings) => void): void {
    this.listeners.push(listener);
  }
}
