//! Arithmetic modulo an odd number, for RSA: Montgomery's multiplication in a reduced radix.
//!
//! A number is a row of 28-bit limbs, the lowest first. The product of two limbs has 56 bits, so that a column of 64 bits
//! takes 256 of them: products are added up without a carry, and the carries settled once a multiplication. Nothing else is
//! in the innermost loop, whose steps do not wait for each other.
//!
//! R is 2²⁸ᵏ for k limbs, and at least sixteen times the modulus n. Of factors below 4n the product a·b/R, to which a
//! multiple of n below R·n is added, is then below (4n·4n + R·n)/R ≤ 2n: no subtraction is needed before the next one. (C. D.
//! Walter, Montgomery Exponentiation Needs no Final Subtractions, 1999.)
//!
//! What is read and written, and how often, depends on sizes alone: in all but [`Modulus::power`], which follows the bits of
//! its exponent and is for public ones, there is no branch and no index that depends on a number.

use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

const LIMB_BITS: usize = 28;
const MASK: u32 = (1 << LIMB_BITS) - 1;

/// How many rows a column takes before its carry must be settled: of each row of a square a product that counts twice, and
/// one more.
const MAX_ROWS: usize = 80;

/// A number of as many limbs as its modulus has. It is wiped when dropped.
type Number = Zeroizing<Vec<u32>>;

/// An odd modulus, and what is computed of it once.
pub(super) struct Modulus {
    limbs: Number,
    /// −1/n modulo 2²⁸.
    inverse: Zeroizing<u32>,
    /// R² mod n: a factor that brings a number into Montgomery's form, x·R.
    r_squared: Number,
    /// How long n is, in bytes.
    length: usize,
}

impl Modulus {
    /// Of a big-endian number that is odd and has no zeros in front.
    pub(super) fn new(bytes: &[u8]) -> Option<Self> {
        let bits = bytes.len().checked_mul(8)?;
        Self::of_limbs(bytes, bits.checked_add(4)?.div_ceil(LIMB_BITS))
    }

    fn of_limbs(bytes: &[u8], count: usize) -> Option<Self> {
        let limbs = to_limbs(bytes, count).filter(|_| bytes.first() != Some(&0))?;
        let lowest = *limbs.first().filter(|lowest| **lowest & 1 == 1)?;
        // Newton's steps double the bits that are right; of an odd number's inverse its own lowest three are.
        let inverse = (0..4).fold(lowest, |inverse, _| {
            inverse.wrapping_mul(2_u32.wrapping_sub(lowest.wrapping_mul(inverse)))
        });
        let inverse = Zeroizing::new(inverse.wrapping_neg());
        let mut modulus = Self { limbs, inverse, r_squared: Number::default(), length: bytes.len() };
        modulus.r_squared = modulus.square_of_r()?;
        Some(modulus)
    }

    /// The largest power of 256 below n, doubled until it is 2R, which is 2 in Montgomery's form; and 2 to the power of as
    /// many as R has bits is R.
    fn square_of_r(&self) -> Option<Number> {
        let mut power = vec![0; self.length];
        *power.first_mut()? = 1;
        let mut number = to_limbs(&power, self.limbs.len())?;
        let bits = self.limbs.len().checked_mul(LIMB_BITS)?;
        for _ in self.length.checked_sub(1)?.checked_mul(8)?..=bits {
            self.double(&mut number);
        }
        let mut space = Space::of(self);
        for bit in (0..bits.ilog2()).rev() {
            space.square(&mut number);
            self.subtract_once(&mut number);
            if bits >> bit & 1 == 1 {
                self.double(&mut number);
            }
        }
        Some(number)
    }

    /// 2x mod n, of an x below n.
    fn double(&self, number: &mut [u32]) {
        let mut carry = 0;
        for limb in number.iter_mut() {
            let doubled = *limb << 1 | carry;
            *limb = doubled & MASK;
            carry = doubled >> LIMB_BITS;
        }
        self.subtract_once(number);
    }

    /// x mod n, of an x below 2n.
    fn subtract_once(&self, number: &mut [u32]) {
        let mut difference = Number::new(number.to_vec());
        // All ones where x is below n.
        let borrow = subtract(&mut difference, &self.limbs) as u32;
        for (limb, difference) in number.iter_mut().zip(difference.iter()) {
            *limb = *limb & borrow | *difference & !borrow;
        }
    }

    /// base^exponent mod n, all big-endian, of a base below n and an exponent of at least 2. Its time tells the exponent.
    pub(super) fn power(&self, base: &[u8], exponent: u64) -> Option<Zeroizing<Vec<u8>>> {
        let base = to_limbs(base, self.limbs.len()).filter(|base| is_below(base, &self.limbs))?;
        let mut space = Space::of(self);
        let mut factor = base.clone();
        space.multiply(&mut factor, &self.r_squared);
        let mut power = factor.clone();
        for bit in (1..exponent.checked_ilog2()?).rev() {
            space.square(&mut power);
            if exponent >> bit & 1 == 1 {
                space.multiply(&mut power, &factor);
            }
        }
        space.square(&mut power);
        // The last factor, not in Montgomery's form, takes the power out of it.
        let last = if exponent & 1 == 1 { base } else { to_limbs(&[1], base.len())? };
        space.multiply(&mut power, &last);
        self.subtract_once(&mut power);
        Some(to_bytes(&power, self.length))
    }

    /// Whether a big-endian number is below n.
    pub(super) fn is_above(&self, number: &[u8]) -> bool {
        to_limbs(number, self.limbs.len()).is_some_and(|number| is_below(&number, &self.limbs))
    }

    /// How long a number below n is, in bytes.
    pub(super) fn len(&self) -> usize {
        self.length
    }
}

/// The numbers of a private key with which its operation takes a quarter of the time: RFC 8017, section 3.2, its second
/// representation.
pub(super) struct Crt {
    p: Prime,
    q: Prime,
    /// 1/q mod p.
    coefficient: Number,
    /// How long what it computes is, in bytes.
    length: usize,
}

struct Prime {
    modulus: Modulus,
    /// R³ mod p, for the upper half of a number.
    r_cubed: Number,
    /// d mod p − 1, as long as the longer prime.
    exponent: Zeroizing<Vec<u8>>,
}

impl Crt {
    /// Of big-endian numbers without zeros in front: the two primes with d mod p − 1 and d mod q − 1, and 1/q mod p. None
    /// where their sizes do not fit together. That they are one key's, only an operation shows.
    pub(super) fn new([p, q]: [&[u8]; 2], exponents: [&[u8]; 2], coefficient: &[u8], length: usize) -> Option<Self> {
        let bytes = p.len().max(q.len());
        let limbs = bytes.checked_mul(8)?.checked_add(4)?.div_ceil(LIMB_BITS);
        let [dp, dq] = exponents;
        Some(Self {
            p: Prime::new(p, dp, limbs, bytes)?,
            q: Prime::new(q, dq, limbs, bytes)?,
            coefficient: to_limbs(coefficient, limbs)?,
            length: Some(length).filter(|length| *length <= bytes.saturating_mul(2))?,
        })
    }

    /// p·q, big-endian.
    pub(super) fn product(&self) -> Zeroizing<Vec<u8>> {
        let nothing = vec![0; self.p.modulus.limbs.len()];
        to_bytes(&multiply_and_add(&self.p.modulus.limbs, &self.q.modulus.limbs, &nothing), self.length)
    }

    /// x^d mod p·q, big-endian, of an x of at most twice the primes' limbs.
    pub(super) fn power(&self, number: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let count = self.p.modulus.limbs.len();
        let number = to_limbs(number, count.checked_mul(2)?)?;
        let (low, high) = number.split_at_checked(count)?;
        let of_p = self.p.power(low, high)?;
        let mut of_q = self.q.power(low, high)?;
        // Out of Montgomery's form, and below q.
        Space::of(&self.q.modulus).multiply(&mut of_q, &to_limbs(&[1], count)?);
        self.q.modulus.subtract_once(&mut of_q);
        // Garner: x = of_q + q·((of_p − of_q)/q mod p). The difference is made positive by adding 2p.
        let p = &self.p.modulus;
        let mut space = Space::of(p);
        let mut subtrahend = of_q.clone();
        space.multiply(&mut subtrahend, &p.r_squared);
        let mut quotient = of_p;
        add(&mut quotient, &p.limbs);
        add(&mut quotient, &p.limbs);
        subtract(&mut quotient, &subtrahend);
        space.multiply(&mut quotient, &self.coefficient);
        p.subtract_once(&mut quotient);
        Some(to_bytes(&multiply_and_add(&quotient, &self.q.modulus.limbs, &of_q), self.length))
    }
}

impl Prime {
    fn new(bytes: &[u8], exponent: &[u8], limbs: usize, length: usize) -> Option<Self> {
        let modulus = Modulus::of_limbs(bytes, limbs)?;
        let mut r_cubed = modulus.r_squared.clone();
        Space::of(&modulus).square(&mut r_cubed);
        let mut padded = Zeroizing::new(vec![0; length]);
        padded.get_mut(length.checked_sub(exponent.len())?..)?.copy_from_slice(exponent);
        Some(Self { r_cubed, modulus, exponent: padded })
    }

    /// x^d mod p in Montgomery's form and below 2p, of an x in two halves. Four bits of the exponent are taken at once, and
    /// of the sixteen powers that they may call for all are read.
    fn power(&self, low: &[u32], high: &[u32]) -> Option<Number> {
        let mut space = Space::of(&self.modulus);
        // low·R²/R + high·R³/R is x·R, and below 4p.
        let mut base = Number::new(low.to_vec());
        space.multiply(&mut base, &self.modulus.r_squared);
        let mut upper = Number::new(high.to_vec());
        space.multiply(&mut upper, &self.r_cubed);
        add(&mut base, &upper);

        let mut one = to_limbs(&[1], base.len())?;
        space.multiply(&mut one, &self.modulus.r_squared);
        let mut power = one.clone();
        let powers: [Number; 16] = core::array::from_fn(|_| {
            let smaller = power.clone();
            space.multiply(&mut power, &base);
            smaller
        });

        let mut chosen = Number::new(vec![0; base.len()]);
        power.clone_from(&one);
        for bits in self.exponent.iter().flat_map(|byte| [byte >> 4, byte & 15]) {
            for _ in 0..4 {
                space.square(&mut power);
            }
            chosen.fill(0);
            for (index, candidate) in (0_u8..).zip(&powers) {
                let mask = u32::from(index.ct_eq(&bits).unwrap_u8()).wrapping_neg();
                for (limb, candidate) in chosen.iter_mut().zip(candidate.iter()) {
                    *limb |= candidate & mask;
                }
            }
            space.multiply(&mut power, &chosen);
        }
        Some(power)
    }
}

/// Room for multiplications modulo a number.
struct Space<'a> {
    modulus: &'a Modulus,
    columns: Zeroizing<Vec<u64>>,
}

impl<'a> Space<'a> {
    fn of(modulus: &'a Modulus) -> Self {
        let columns = modulus.limbs.len().saturating_mul(2).saturating_add(1);
        Self { modulus, columns: Zeroizing::new(vec![0; columns]) }
    }

    /// a becomes a·b/R mod n, below 2n.
    fn multiply(&mut self, a: &mut [u32], b: &[u32]) {
        self.columns.fill(0);
        for (row, limb) in a.iter().enumerate() {
            let Some(columns) = self.columns.get_mut(row..) else { return };
            let (Some(lowest), Some(first)) = (columns.first(), b.first()) else { return };
            // The multiple of n that makes the lowest column divisible by 2²⁸.
            let sum = (*lowest as u32).wrapping_add(limb.wrapping_mul(*first));
            let multiple = sum.wrapping_mul(*self.modulus.inverse) & MASK;
            for ((column, b), n) in columns.iter_mut().zip(b).zip(self.modulus.limbs.iter()) {
                *column = column.wrapping_add(product(*limb, *b)).wrapping_add(product(multiple, *n));
            }
            hand_up(row, columns);
        }
        self.settle(a);
    }

    /// a becomes a²/R mod n, below 2n. Of the products of two different limbs, each is made once and counted twice.
    fn square(&mut self, a: &mut [u32]) {
        self.columns.fill(0);
        let mut higher = &*a;
        for row in 0..a.len() {
            let Some((limb, rest)) = higher.split_first() else { return };
            higher = rest;
            let Some(columns) = self.columns.get_mut(row..) else { return };
            if let Some((square, columns)) = columns.get_mut(row..).and_then(<[u64]>::split_first_mut) {
                *square = square.wrapping_add(product(*limb, *limb));
                for (column, other) in columns.iter_mut().zip(rest) {
                    *column = column.wrapping_add(product(*limb << 1, *other));
                }
            }
            let Some(lowest) = columns.first() else { return };
            let multiple = (*lowest as u32).wrapping_mul(*self.modulus.inverse) & MASK;
            for (column, n) in columns.iter_mut().zip(self.modulus.limbs.iter()) {
                *column = column.wrapping_add(product(multiple, *n));
            }
            hand_up(row, columns);
        }
        self.settle(a);
    }

    /// What stands above the columns that became divisible.
    fn settle(&mut self, out: &mut [u32]) {
        let mut carry = 0;
        for (limb, column) in out.iter_mut().zip(self.columns.iter().skip(self.modulus.limbs.len())) {
            let sum = column.wrapping_add(carry);
            *limb = sum as u32 & MASK;
            carry = sum >> LIMB_BITS;
        }
    }
}

/// Hands what a divisible column is worth to the next; and where they would overflow soon, what all are worth above a limb.
fn hand_up(row: usize, columns: &mut [u64]) {
    let Some((lowest, columns)) = columns.split_first_mut() else { return };
    let mut carry = *lowest >> LIMB_BITS;
    if row % MAX_ROWS == MAX_ROWS - 1 {
        for column in columns {
            let sum = column.wrapping_add(carry);
            *column = sum & u64::from(MASK);
            carry = sum >> LIMB_BITS;
        }
    } else if let Some(next) = columns.first_mut() {
        *next = next.wrapping_add(carry);
    }
}

fn product(a: u32, b: u32) -> u64 {
    u64::from(a).wrapping_mul(u64::from(b))
}

/// a·b + c, in twice the limbs.
fn multiply_and_add(a: &[u32], b: &[u32], c: &[u32]) -> Number {
    let mut columns: Zeroizing<Vec<u64>> = Zeroizing::new(c.iter().map(|limb| u64::from(*limb)).collect());
    columns.resize(a.len().saturating_add(b.len()), 0);
    for (row, limb) in a.iter().enumerate() {
        for (column, b) in columns.iter_mut().skip(row).zip(b) {
            *column = column.wrapping_add(product(*limb, *b));
        }
    }
    let mut carry = 0_u64;
    let limbs = columns.iter().map(|column| {
        let sum = column.wrapping_add(carry);
        carry = sum >> LIMB_BITS;
        sum as u32 & MASK
    });
    Number::new(limbs.collect())
}

fn add(a: &mut [u32], b: &[u32]) {
    let mut carry = 0;
    for (a, b) in a.iter_mut().zip(b) {
        let sum = a.wrapping_add(*b).wrapping_add(carry);
        *a = sum & MASK;
        carry = sum >> LIMB_BITS;
    }
}

/// a becomes a − b. Gives −1 where that is below 0, and otherwise 0.
fn subtract(a: &mut [u32], b: &[u32]) -> i32 {
    let mut borrow = 0;
    for (a, b) in a.iter_mut().zip(b) {
        let difference = (*a as i32).wrapping_sub(*b as i32).wrapping_add(borrow);
        *a = difference as u32 & MASK;
        borrow = difference >> LIMB_BITS;
    }
    borrow
}

fn is_below(a: &[u32], b: &[u32]) -> bool {
    subtract(&mut Number::new(a.to_vec()), b) != 0
}

/// A big-endian number in so many limbs; none where it has more.
fn to_limbs(bytes: &[u8], count: usize) -> Option<Number> {
    let mut number = Number::new(Vec::with_capacity(count.saturating_add(2)));
    let (mut held, mut bits) = (0_u64, 0_usize);
    for byte in bytes.iter().rev() {
        held |= u64::from(*byte) << bits;
        bits = bits.saturating_add(8);
        if bits >= LIMB_BITS {
            number.push(held as u32 & MASK);
            held >>= LIMB_BITS;
            bits = bits.saturating_sub(LIMB_BITS);
        }
    }
    number.push(held as u32);
    let fits = number.iter().skip(count).all(|limb| *limb == 0);
    number.resize(count, 0);
    fits.then_some(number)
}

/// The lowest bytes of a number, big-endian.
fn to_bytes(number: &[u32], length: usize) -> Zeroizing<Vec<u8>> {
    let mut bytes = Zeroizing::new(vec![0; length]);
    let mut limbs = number.iter();
    let (mut held, mut bits) = (0_u64, 0_usize);
    for byte in bytes.iter_mut().rev() {
        if bits < 8 {
            held |= u64::from(limbs.next().copied().unwrap_or_default()) << bits;
            bits = bits.saturating_add(LIMB_BITS);
        }
        *byte = held as u8;
        held >>= 8;
        bits = bits.saturating_sub(8);
    }
    bytes
}
