import { greetingAt } from './greeting.ts';

// An example to replace. The page is whole without it: scripts add, they do not make.
const element = document.querySelector('#local-time');
if (element instanceof HTMLElement) {
  element.textContent = greetingAt(new Date());
  element.hidden = false;
}
