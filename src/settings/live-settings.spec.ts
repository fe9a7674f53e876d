import { LiveSettings } from './live-settings.js';
import type { Settings } from './settings.js';

describe('LiveSettings', () => {
  it('shows whoever asks what holds now', () => {
    const base = Object.freeze({ officeName: '甲', sms: null }) as unknown as Settings;
    const live = new LiveSettings(base);
    const { settings } = live;
    expect(settings.sms).toBeNull();
    live.use({ ...base, sms: { signName: '乙' } as never });
    expect(settings.sms).toEqual({ signName: '乙' });
    expect(settings.officeName).toBe('甲');
    expect(live.base.sms).toBeNull();
  });
});
