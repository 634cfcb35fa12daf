// What there is to know at a glance.

import { byId, element, setData, setHidden, setText, setWidth } from './dom.js';
import * as format from './format.js';

const SYNC = { unknown: 'Unknown', synced: 'Synced', challenging: 'Challenging', syncing: 'Syncing' };

function syncText(sync) {
  switch (sync.state) {
    case 'synced':
      return 'no peer shows a better chain';
    case 'challenging':
      return `${format.count(sync.open)} peers asked to show a far better chain`;
    case 'syncing': {
      const left = sync.left === undefined ? '' : `, ${format.span(sync.left)} left`;
      return `${format.count(sync.height)} of ${format.count(sync.target)}, ${sync.rate.toFixed(1)} blocks/s from ${sync.peers} peers${left}`;
    }
    default:
      return 'no peer has shown a tip yet';
  }
}

export class Overview {
  draw(state, changed) {
    const { node, sync, migration, guard } = state.parts;
    if (changed.parts.has('node')) {
      this.#node(node);
    }
    if (changed.parts.has('sync')) {
      setText(byId('sync'), SYNC[sync.state] ?? sync.state);
      setText(byId('sync-text'), syncText(sync));
      setHidden(byId('sync-bar'), sync.state !== 'syncing');
      byId('sync-bar').value = sync.fraction ?? 0;
    }
    if (changed.parts.has('migration')) {
      this.#sessions(migration);
    }
    if (changed.parts.has('guard')) {
      this.#guard(guard);
    }
  }

  #node(node) {
    setText(byId('network'), node.network);
    setText(byId('version'), `· ${node.version}${node.commit ? ` (${node.commit})` : ''}${node.frozen ? ' · frozen' : ''}`);
    setText(byId('height'), format.count(node.height));
    setText(byId('tip'), format.short(node.tip, 20));
    setText(byId('contested'), format.count(node.contested));
    setText(byId('instance'), node.instance);
    byId('listening').replaceChildren(...node.listening.map((endpoint) => element('li', '', endpoint)));
    document.title = `${node.network} ${node.height} – Proteus`;
  }

  #sessions(migration) {
    const all = migration.legacy + migration.libp2p;
    setText(byId('share-now'), all ? format.percent(migration.libp2p / all) : format.NOTHING);
    setWidth(byId('split-libp2p'), all ? migration.libp2p / all : 0);
    setWidth(byId('split-legacy'), all ? migration.legacy / all : 0);
    setText(
      byId('share-text'),
      all
        ? `${format.count(migration.libp2p)} on libp2p, ${format.count(migration.legacy)} on legacy; ${format.count(migration.able)} of ${format.count(all)} peers say they have libp2p`
        : 'No sessions yet',
    );
  }

  #guard(guard) {
    setText(byId('guard'), guard.on ? 'Watching' : 'Off');
    setData(byId('guard'), 'state', guard.on ? 'good' : 'off');
    const taken = guard.peersTakenBack ? `${format.count(guard.peersTakenBack)} taken back; ` : '';
    const node = guard.nodeTakenBack ? `all taken back at ${format.moment(guard.nodeTakenBack)}; ` : '';
    setText(byId('guard-text'), node + taken + guard.verdict);
  }
}
