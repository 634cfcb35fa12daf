// Sets stage and share, for who may.

import { byId, setHidden, setText } from './dom.js';
import * as access from './access.js';
import * as format from './format.js';

export class StageControl {
  #announce;
  #forbidden;
  #now;
  #isAllowed = false;
  #isTouched = false;
  #form = byId('stage-form');
  #share = byId('share');
  #dialog = byId('confirm');
  #asked;

  /**
   * @param announce tells a text to who listens to the page
   * @param forbidden is called when the node says that this page may not give orders
   */
  constructor(announce, forbidden) {
    this.#announce = announce;
    this.#forbidden = forbidden;
    this.#form.addEventListener('input', () => {
      this.#isTouched = true;
      this.#tell();
    });
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#ask();
    });
    this.#dialog.addEventListener('close', () => {
      if (this.#dialog.returnValue === 'yes') {
        this.#set(this.#asked);
      }
    });
  }

  allow(isAllowed) {
    this.#isAllowed = isAllowed;
    this.#tell();
  }

  /** Why a link gave nothing; empty if it did, or there was none. */
  tellRefusal(reason) {
    setText(byId('stage-refusal'), reason);
  }

  draw(state, changed) {
    if (changed.parts.has('node') && state.parts.node.advice) {
      setText(byId('stage-advice'), state.parts.node.advice);
    }
    if (!changed.parts.has('migration')) {
      return;
    }
    const now = state.parts.migration;
    const text = now.custom ? 'set by flags' : format.rollout(now);
    if (this.#now && (this.#now.stage !== now.stage || this.#now.share !== now.share)) {
      this.#announce(`The stage is ${text} now.`);
      // Not under a question that is open: what was asked is what is set.
      this.#isTouched = this.#dialog.open;
    }
    if (!this.#isTouched) {
      this.#form.elements.stage.value = now.stage;
      this.#share.value = now.share;
    }
    this.#now = now;
    if (this.#dialog.open) {
      this.#tellQuestion();
    }
    setText(byId('stage-now'), text);
    setText(
      byId('stage-text'),
      `${format.count(now.movedByUs)} sessions are on libp2p because this node moved them there${now.moving ? `; ${format.count(now.moving)} are being moved` : ''}.`,
    );
    this.#tell();
  }

  #chosen() {
    return { stage: this.#form.elements.stage.value, share: Number(this.#share.value) };
  }

  #tell() {
    const { stage, share } = this.#chosen();
    byId('stage-choices').disabled = !this.#isAllowed;
    this.#share.disabled = !this.#isAllowed || stage !== 'migrate';
    setText(byId('share-value'), stage === 'migrate' ? `${share} %` : format.NOTHING);
    this.#share.setAttribute('aria-valuetext', `${share} percent`);
    const isSame = this.#now && !this.#now.custom && stage === this.#now.stage && (stage !== 'migrate' || share === this.#now.share);
    byId('stage-set').disabled = !this.#isAllowed || !this.#now || isSame;
    setHidden(byId('stage-lock'), this.#isAllowed);
  }

  #ask() {
    this.#asked = this.#chosen();
    this.#tellQuestion();
    this.#dialog.returnValue = 'cancel';
    this.#dialog.showModal();
  }

  #tellQuestion() {
    const from = this.#now.custom ? 'what the flags said' : format.rollout(this.#now);
    setText(byId('confirm-text'), `From ${from} to ${format.rollout(this.#asked)}.`);
  }

  async #set({ stage, share }) {
    setHidden(byId('stage-error'), true);
    try {
      const { isGood, status, told } = await access.setStage(stage, share);
      if (isGood) {
        this.#isTouched = false;
        this.#announce(`The stage is set to ${format.rollout({ stage, share })}.`);
        return;
      }
      if (status === 401) {
        this.#forbidden();
      }
      this.#fail(told.reason ?? `The node answered ${status}.`);
    } catch {
      this.#fail('The node did not answer.');
    }
  }

  #fail(reason) {
    setText(byId('stage-error'), reason);
    setHidden(byId('stage-error'), false);
  }
}
