/** What the demo is doing, in a sentence for its first page. */
export class DemoStage {
  text = '正在准备名单和第一期。';
}
