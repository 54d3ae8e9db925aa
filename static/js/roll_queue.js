// Marks of the roll call that are not sent yet, kept on this device. No names: numbers, statuses and moments only.

const PREFIX = "smes-roll:";

export class Queue {
  // `key`: the account and the meeting. Marks of another account stay where they are.
  constructor(key) {
    this.key = PREFIX + key;
  }

  all() {
    try {
      return JSON.parse(localStorage.getItem(this.key)) || [];
    } catch {
      return [];
    }
  }

  add(mark) {
    this.write([...this.all(), mark]);
  }

  drop(id) {
    this.write(this.all().filter((mark) => mark.id !== id));
  }

  write(marks) {
    if (marks.length) localStorage.setItem(this.key, JSON.stringify(marks));
    else localStorage.removeItem(this.key);
  }
}

// A key nobody else gives: a mark that is sent twice counts once.
export function newId() {
  return crypto.randomUUID?.() ?? "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (digit) =>
    (digit ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (digit / 4)))).toString(16));
}
