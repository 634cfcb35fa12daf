// Who opened a link that may give orders. The secret stays in this tab: not in a cookie, which every port of this host
// would be sent, and it outlives a reload.

const KEY = 'proteus-session';
const REFUSED = 401;

async function post(path, body, headers = {}) {
  const answer = await fetch(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  let told = {};
  try {
    told = await answer.json();
  } catch {
    // An answer without a reason.
  }
  return { isGood: answer.ok, status: answer.status, told };
}

const known = () => sessionStorage.getItem(KEY) ?? '';
const authorization = (session) => ({ Authorization: `Bearer ${session}` });

/**
 * Exchanges what the address brought. The token is dead then, and nothing of it stays in the address; without an answer it stays
 * there, so that the page can be loaded again. The result: why the link gave nothing, or nothing.
 */
export async function open() {
  const { hash } = location;
  const token = new URLSearchParams(hash.slice(1)).get('token');
  if (!token) {
    return '';
  }
  const { isGood, status, told } = await post('/session', { token });
  if ((isGood || status === REFUSED) && location.hash === hash) {
    history.replaceState(null, '', location.pathname);
  }
  if (isGood) {
    sessionStorage.setItem(KEY, told.session);
    return '';
  }
  return told.reason ?? `The node answered ${status} to this link.`;
}

/** Whether this page may give orders now. */
export async function check() {
  const session = known();
  if (!session) {
    return false;
  }
  const answer = await fetch('/session', { headers: authorization(session) });
  const isAllowed = answer.ok && (await answer.json()).allowed === true;
  if (known() !== session) {
    // A link was opened meanwhile: the answer is about what was before.
    return check();
  }
  if (answer.ok && !isAllowed) {
    sessionStorage.removeItem(KEY);
  }
  return isAllowed;
}

/** Sets the stage; what came of it. */
export const setStage = (stage, share) => post('/stage', { stage, share }, authorization(known()));
