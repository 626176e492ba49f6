//! The forgeries. `systematic` sends, for each kind, every forgery or a random selection; `random` then sends
//! forgeries that combine several steps.

use mp_phone::Platform;

use crate::{
    forged::{Forged, SendForgery, heads, middles},
    lab::{Lab, length},
    random::Random,
    seal::{BLOCK, Block, KnownPayload, xor},
};

/// The attacker's payloads, and the blocks after which each may end with valid padding.
struct Pieces<'a> {
    lab: &'a Lab,
    payloads: Vec<(&'a KnownPayload, Vec<usize>)>,
}

pub(crate) fn systematic(lab: &Lab, random: &mut Random, send: SendForgery) {
    let payloads = lab.known_payloads().map(|payload| (payload, payload.ends(lab.pad_block))).collect();
    let pieces = Pieces { lab, payloads };
    pieces.chosen_first_block(send);
    pieces.cut(send);
    pieces.block_games(random, send);
    pieces.spliced(random, 120_000, send);
    pieces.chosen_middle_blocks(random, 160_000, send);
    pieces.flipped_bits(random, 60_000, send);
    if lab.platform == Platform::Baidu {
        pieces.first_character_and_length(send);
    }
}

/// Sends `how_many` random forgeries.
pub(crate) fn random(lab: &Lab, random: &mut Random, how_many: usize, send: SendForgery) {
    let payloads = lab.known_payloads().map(|payload| (payload, payload.ends(lab.pad_block))).collect();
    let pieces = Pieces { lab, payloads };
    for _ in 0..how_many {
        pieces.several_steps(random, send);
    }
}

impl Pieces<'_> {
    /// A chosen first block before every tail of every payload, up to every end with valid padding.
    fn chosen_first_block(&self, send: SendForgery) {
        for (payload, ends) in &self.payloads {
            for at in payload.known() {
                for end in ends.iter().copied().filter(|end| *end > at) {
                    for head in heads(self.lab, payload, at, end) {
                        Forged::head(self.lab, payload, at, head)
                            .run(payload, at + 1..end)
                            .send("chosen first block", send);
                    }
                }
            }
        }
    }

    /// Every cut from a block to an end, with the payload's iv, the previous block, or zeros as the iv.
    fn cut(&self, send: SendForgery) {
        for (payload, ends) in &self.payloads {
            for from in 0..payload.sealed.len() {
                for end in ends.iter().copied().filter(|end| *end > from) {
                    for iv in [payload.iv, payload.before(from), [0; BLOCK]] {
                        send("cut", iv, &payload.sealed[from..end]);
                    }
                }
            }
        }
        // In phone payloads, also cuts that end at every other block.
        for payload in &self.lab.phones {
            for from in 0..payload.sealed.len() {
                for end in from + 1..=payload.sealed.len() {
                    send("cut", payload.before(from), &payload.sealed[from..end]);
                }
            }
        }
    }

    /// Blocks exchanged, doubled, dropped and moved; each block, and the XOR of each two blocks, as the iv.
    fn block_games(&self, random: &mut Random, send: SendForgery) {
        let kind = "exchanged, doubled, dropped, moved blocks";
        let some: Vec<&KnownPayload> = (self.lab.phones.iter())
            .chain((0..60).map(|_| self.payloads[random.below(self.payloads.len())].0))
            .collect();
        for payload in some {
            let blocks = &payload.sealed;
            for a in 0..blocks.len() {
                send(kind, payload.iv, &[&blocks[..a], &blocks[a + 1..]].concat());
                for b in 0..blocks.len() {
                    let mut changed = blocks.clone();
                    changed.swap(a, b);
                    send(kind, payload.iv, &changed);
                    changed = blocks.clone();
                    changed.insert(b, blocks[a]);
                    send(kind, payload.iv, &changed);
                    changed = blocks.clone();
                    let moved = changed.remove(a);
                    changed.insert(b, moved);
                    send(kind, payload.iv, &changed);
                    send("iv of payload blocks", blocks[a], &blocks[b..]);
                    send("iv of payload blocks", xor(blocks[a], blocks[b]), blocks);
                    send("iv of payload blocks", xor(payload.iv, xor(blocks[a], blocks[b])), blocks);
                }
            }
        }
    }

    /// The beginning of one payload and the end of another.
    fn spliced(&self, random: &mut Random, how_many: usize, send: SendForgery) {
        for _ in 0..how_many {
            let (a, _) = self.any(random);
            let (b, ends) = self.any(random);
            let from = random.below(b.sealed.len());
            let end = *random.pick(ends);
            if from < end {
                Forged::begin(a, random.below(a.sealed.len())).run(b, from..end).send("two payloads spliced", send);
            }
        }
    }

    /// One to three chosen blocks, each after a garbled block.
    fn chosen_middle_blocks(&self, random: &mut Random, how_many: usize, send: SendForgery) {
        for _ in 0..how_many {
            let (payload, _) = self.any(random);
            let forged = Forged::begin(payload, 1 + random.below(payload.sealed.len() - 1));
            self.extend(random, forged, 100).send("chosen middle blocks", send);
        }
    }

    /// Every single bit of a phone payload, then several bits together.
    fn flipped_bits(&self, random: &mut Random, how_many: usize, send: SendForgery) {
        let mut flip = |payload: &KnownPayload, bits: &[usize]| {
            let mut blocks = [&[payload.iv], &payload.sealed[..]].concat();
            for bit in bits {
                blocks[bit / 128][bit / 8 % BLOCK] ^= 1 << (bit % 8);
            }
            send("flipped bits", blocks[0], &blocks[1..]);
        };
        for payload in &self.lab.phones {
            (0..(1 + payload.sealed.len()) * 128).for_each(|bit| flip(payload, &[bit]));
        }
        for _ in 0..how_many {
            let payload = random.pick(&self.lab.phones);
            // Most of the flips are in the iv and the first block, where they garble little.
            let within = if random.chance(70) { 2 } else { 1 + payload.sealed.len() } * 128;
            let bits: Vec<usize> = (0..2 + random.below(4)).map(|_| random.below(within)).collect();
            flip(payload, &bits);
        }
    }

    /// Baidu: the random block, which the package ignores, changes the length and twelve bytes of the content.
    fn first_character_and_length(&self, send: SendForgery) {
        for payload in &self.lab.phones {
            for character in 0..=255 {
                let mut target = payload.plain[1];
                target[15] = character;
                Forged::head(self.lab, payload, 1, target)
                    .run(payload, 2..payload.sealed.len())
                    .send("first digit", send);
            }
            for wrong_length in (0..4096).chain([0x7fff_ffff, 0x8000_0000, 0xffff_ffff]) {
                let mut target = payload.plain[1];
                target[..4].copy_from_slice(&length(wrong_length));
                Forged::head(self.lab, payload, 1, target)
                    .run(payload, 2..payload.sealed.len())
                    .send("wrong length", send);
            }
        }
    }

    fn several_steps(&self, random: &mut Random, send: SendForgery) {
        let (payload, ends) = self.any(random);
        let at = payload.known_from + random.below(payload.sealed.len() - payload.known_from);
        let target = heads(self.lab, payload, at, *ends.last().unwrap());
        let forged = Forged::head(self.lab, payload, at, *random.pick(&target));
        let rest = payload.sealed.len() - at - 1;
        let forged = forged.run(payload, at + 1..at + 1 + random.below(rest + 1));
        self.extend(random, forged, 40).send("several steps", send);
    }

    /// Adds pieces of payloads up to valid padding; a piece follows a chosen block with a probability of `chosen`
    /// percent.
    fn extend(&self, random: &mut Random, mut forged: Forged, chosen: usize) -> Forged {
        for last in [random.chance(30), random.chance(60), true] {
            let (payload, ends) = self.any(random);
            let end = *random.pick(ends);
            let known: Vec<usize> = payload.known().filter(|at| *at < end).collect();
            let Some(at) = (!known.is_empty()).then(|| *random.pick(&known)) else { continue };
            let end = if last { end } else { at + 1 + random.below(end - at) };
            forged = match random.chance(chosen) {
                true => {
                    let target: Block = **random.pick(middles(self.lab.platform));
                    forged.choose(payload, at, target).run(payload, at + 1..end)
                }
                false => forged.run(payload, at..end),
            };
            if last {
                break;
            }
        }
        forged
    }

    /// A random payload; every third time a phone payload.
    fn any(&self, random: &mut Random) -> &(&KnownPayload, Vec<usize>) {
        let phones = self.lab.phones.len();
        let at = if random.chance(33) { random.below(phones) } else { random.below(self.payloads.len()) };
        &self.payloads[at]
    }
}
