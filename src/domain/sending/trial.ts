/** 试运行: until the system is released, only test persons are sent to, and everything that is sent says that it is a drill. */

export const trialMark = '【演练】';
/** In a variable of an SMS: vendors refuse the brackets of a signature there. */
export const trialMarkInSms = '（演练）';
/** What is said of everybody else's copy. */
export const notSentInTrial = '演练，未发送';
export const trialSentence = '本件为试运行期间的演练，不是正式印发，内容请勿使用、转发。';

/**
 * Whether somebody is sent to.
 *
 * @param trial what is sent was signed off, or is asked for, on trial
 * @param personId null for who is not in the list
 */
export const isSentTo = (trial: boolean, personId: string | null, testers: ReadonlySet<string>): boolean =>
  !trial || (personId !== null && testers.has(personId));

/** Back to trial only while nothing of an issue is under way: half of its recipients would not get it. */
export const mayBeginTrial = (state: { active: boolean; underWay: number }): boolean =>
  !state.active && state.underWay === 0;

export const trialTitle = (title: string): string => `${trialMark}${title}`;
