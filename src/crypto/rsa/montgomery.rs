//! Arithmetic modulo an odd number, for RSA: Montgomery's multiplication in a reduced radix.
//!
//! A number is a list of 29-bit limbs, the lowest first. A product is computed column by column (product scanning;
//! "FIPS" in Ç. K. Koç, T. Acar, B. S. Kaliski, Analyzing and Comparing Montgomery Multiplication Algorithms, 1996):
//! [`Columns`] adds the products of a column without a carry, and writes no intermediate results. Limbs and columns are
//! processed in fours.
//!
//! R is 2²⁹ᵏ for k limbs, and at least sixteen times the modulus n. For factors a and b below 4n, a multiple of n below
//! R·n is added to a·b before the division by R, so the result is below (4n·4n + R·n)/R ≤ 2n: no subtraction is needed
//! before the next multiplication. (C. D. Walter, Montgomery Exponentiation Needs no Final Subtractions, 1999.)
//!
//! Memory accesses and their number depend only on sizes: no branch and no index depends on a number. The exception is
//! [`Modulus::power`], which branches on the bits of its exponent and is for public exponents.

use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use super::columns::{Columns, Four, LIMB_BITS, MASK, Rows, product};

/// The number of limbs, a multiple of four, for a modulus of `bytes` bytes, with R at least sixteen times as large.
fn limbs_for(bytes: usize) -> Option<usize> {
    bytes.checked_mul(8)?.checked_add(4)?.div_ceil(LIMB_BITS).checked_next_multiple_of(4)
}

/// A number with as many limbs as its modulus. It is wiped when dropped.
type Number = Zeroizing<Vec<u32>>;

/// An odd modulus, and values that are computed from it once.
pub(super) struct Modulus {
    limbs: Number,
    rows: Zeroizing<Vec<Rows>>,
    /// −1/n modulo 2²⁹.
    inverse: Zeroizing<u32>,
    /// R² mod n: a factor that brings a number into Montgomery's form, x·R.
    r_squared: Number,
    /// The length of n, in bytes.
    length: usize,
}

impl Modulus {
    /// A modulus from a big-endian number; None if it is even or has leading zeros.
    pub(super) fn new(bytes: &[u8]) -> Option<Self> {
        Self::of_limbs(bytes, limbs_for(bytes.len())?)
    }

    fn of_limbs(bytes: &[u8], count: usize) -> Option<Self> {
        let limbs = to_limbs(bytes, count).filter(|_| bytes.first() != Some(&0))?;
        let lowest = *limbs.first().filter(|lowest| **lowest & 1 == 1)?;
        // Each Newton step doubles the number of correct bits. An odd number equals its own inverse in the lowest
        // three.
        let inverse =
            (0..4).fold(lowest, |inverse, _| inverse.wrapping_mul(2_u32.wrapping_sub(lowest.wrapping_mul(inverse))));
        let inverse = Zeroizing::new(inverse.wrapping_neg());
        let mut rows = Zeroizing::new(Vec::with_capacity(count));
        to_rows(&limbs, &mut rows);
        let mut modulus = Self { limbs, rows, inverse, r_squared: Number::default(), length: bytes.len() };
        modulus.r_squared = modulus.square_of_r()?;
        Some(modulus)
    }

    /// Computes R² mod n: first doubles the largest power of 256 below n until it is 2R mod n, which is the number 2
    /// in Montgomery's form. Then raises it to the power b, the number of bits of R. Since 2ᵇ = R, the result is R in
    /// Montgomery's form, which is R² mod n.
    fn square_of_r(&self) -> Option<Number> {
        let mut power = vec![0; self.length];
        *power.first_mut()? = 1;
        let mut number = to_limbs(&power, self.limbs.len())?;
        let bits = self.limbs.len().checked_mul(LIMB_BITS)?;
        for _ in self.length.checked_sub(1)?.checked_mul(8)?..=bits {
            self.double(&mut number);
        }
        let mut space = Workspace::of(self);
        for bit in (0..bits.ilog2()).rev() {
            space.square(&mut number);
            self.subtract_once(&mut number);
            if bits >> bit & 1 == 1 {
                self.double(&mut number);
            }
        }
        Some(number)
    }

    /// 2x mod n, for an x below n.
    fn double(&self, number: &mut [u32]) {
        let mut carry = 0;
        for limb in number.iter_mut() {
            let doubled = *limb << 1 | carry;
            *limb = doubled & MASK;
            carry = doubled >> LIMB_BITS;
        }
        self.subtract_once(number);
    }

    /// x mod n, for an x below 2n.
    fn subtract_once(&self, number: &mut [u32]) {
        let mut difference = Number::new(number.to_vec());
        // All ones if x is below n.
        let borrow = subtract(&mut difference, &self.limbs) as u32;
        for (limb, difference) in number.iter_mut().zip(difference.iter()) {
            *limb = *limb & borrow | *difference & !borrow;
        }
    }

    /// base^exponent mod n, big-endian, for a base below n and an exponent of at least 2. The running time reveals the
    /// exponent.
    pub(super) fn power(&self, base: &[u8], exponent: u64) -> Option<Zeroizing<Vec<u8>>> {
        let base = to_limbs(base, self.limbs.len()).filter(|base| is_below(base, &self.limbs))?;
        let mut space = Workspace::of(self);
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
        // The last factor is not in Montgomery's form, and so converts the power out of that form.
        let last = if exponent & 1 == 1 { base } else { to_limbs(&[1], base.len())? };
        space.multiply(&mut power, &last);
        self.subtract_once(&mut power);
        Some(to_bytes(&power, self.length))
    }

    /// Whether n is larger than a big-endian number.
    pub(super) fn exceeds(&self, number: &[u8]) -> bool {
        to_limbs(number, self.limbs.len()).is_some_and(|number| is_below(&number, &self.limbs))
    }

    /// The length of n, in bytes.
    pub(super) fn len(&self) -> usize {
        self.length
    }
}

/// The numbers of a private key for the Chinese remainder theorem, with which its operation takes a quarter of the
/// time: RFC 8017, section 3.2, second representation.
pub(super) struct Crt {
    p: Prime,
    q: Prime,
    /// 1/q mod p.
    coefficient: Number,
    /// The length of the result, in bytes.
    length: usize,
}

struct Prime {
    modulus: Modulus,
    /// R³ mod p, for the upper half of a number.
    r_cubed: Number,
    /// d mod (p − 1), padded to the length of the longer prime.
    exponent: Zeroizing<Vec<u8>>,
}

impl Crt {
    /// Takes big-endian numbers without leading zeros: the two primes, d mod (p − 1) and d mod (q − 1), and 1/q mod p.
    /// None if their sizes do not match. Only an operation shows whether they belong to the same key.
    pub(super) fn new([p, q]: [&[u8]; 2], exponents: [&[u8]; 2], coefficient: &[u8], length: usize) -> Option<Self> {
        let bytes = p.len().max(q.len());
        let limbs = limbs_for(bytes)?;
        let [dp, dq] = exponents;
        let (p, q) = (Prime::new(p, dp, limbs, bytes)?, Prime::new(q, dq, limbs, bytes)?);
        Some(Self {
            coefficient: to_limbs(coefficient, limbs).filter(|number| is_below(number, &p.modulus.limbs))?,
            p,
            q,
            length: Some(length).filter(|length| *length <= bytes.saturating_mul(2))?,
        })
    }

    /// x^d mod p·q, big-endian, for an x of at most twice as many limbs as the primes.
    pub(super) fn power(&self, number: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let count = self.p.modulus.limbs.len();
        let number = to_limbs(number, count.checked_mul(2)?)?;
        let (low, high) = number.split_at_checked(count)?;
        let of_p = self.p.power(low, high)?;
        let mut of_q = self.q.power(low, high)?;
        // Converted out of Montgomery's form, and below q.
        Workspace::of(&self.q.modulus).multiply(&mut of_q, &to_limbs(&[1], count)?);
        self.q.modulus.subtract_once(&mut of_q);
        // Garner: x = of_q + q·((of_p − of_q)/q mod p). The difference is made positive by adding 2p.
        let p = &self.p.modulus;
        let mut space = Workspace::of(p);
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
        Workspace::of(&modulus).square(&mut r_cubed);
        let mut padded = Zeroizing::new(vec![0; length]);
        padded.get_mut(length.checked_sub(exponent.len())?..)?.copy_from_slice(exponent);
        Some(Self { r_cubed, modulus, exponent: padded })
    }

    /// x^d mod p in Montgomery's form and below 2p, for an x in two halves. Each step uses four bits of the exponent,
    /// and reads all sixteen powers that these bits can select.
    fn power(&self, low: &[u32], high: &[u32]) -> Option<Number> {
        let mut space = Workspace::of(&self.modulus);
        // low·R²/R + high·R³/R is x·R, and below 4p.
        let mut base = Number::new(low.to_vec());
        space.multiply(&mut base, &self.modulus.r_squared);
        let mut upper = Number::new(high.to_vec());
        space.multiply(&mut upper, &self.r_cubed);
        add(&mut base, &upper);

        let mut unit = to_limbs(&[1], base.len())?;
        space.multiply(&mut unit, &self.modulus.r_squared);
        let mut power = unit.clone();
        let powers: [Number; 16] = core::array::from_fn(|_| {
            let smaller = power.clone();
            space.multiply(&mut power, &base);
            smaller
        });

        let mut chosen = Number::new(vec![0; base.len()]);
        power.clone_from(&unit);
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

/// Buffers for multiplications modulo a number.
struct Workspace<'a> {
    modulus: &'a Modulus,
    /// The first factor.
    limbs: Zeroizing<Vec<Four>>,
    /// The second factor.
    rows: Zeroizing<Vec<Rows>>,
    /// The multiple of n to add, for each limb of R.
    multiples: Zeroizing<Vec<Four>>,
}

impl<'a> Workspace<'a> {
    fn of(modulus: &'a Modulus) -> Self {
        let fours = || Zeroizing::new(vec![Four::default(); modulus.limbs.len() / 4]);
        let rows = Zeroizing::new(Vec::with_capacity(modulus.rows.len()));
        Self { modulus, limbs: fours(), rows, multiples: fours() }
    }

    /// a becomes a·b/R mod n, below 2n.
    fn multiply(&mut self, a: &mut [u32], b: &[u32]) {
        to_rows(b, &mut self.rows);
        self.reduce(a, |columns, limbs, rows, _| columns.add(limbs, rows));
    }

    /// a becomes a²/R mod n, below 2n. Products of different limbs are computed once and counted twice.
    fn square(&mut self, a: &mut [u32]) {
        to_rows(a, &mut self.rows);
        self.reduce(a, |columns, limbs, rows, lower| {
            // The lowest column contains the square of one limb. The number of limbs below that limb is `lower`: each
            // of them is multiplied by a higher limb, and the product counts twice.
            let Some((full, rest)) = limbs.split_at_checked(lower / 2) else { return };
            columns.add(full, rows);
            let mut rest = rest.iter().copied();
            let (next, last) = (rest.next().unwrap_or_default(), rest.next().unwrap_or_default());
            let ([a, b, c, d], [e, f, ..]) = (next.limbs(), last.limbs());
            let squared = match (lower % 2, rows.get(lower / 2)) {
                (1, Some(rows)) => {
                    columns.add_two(next, rows);
                    [c, d, e, f]
                }
                _ => [a, b, c, d],
            };
            columns.double();
            columns.add_square(squared);
        });
    }

    /// Adds the multiples of n that make the lower half of the product 0, four columns at a time; a becomes the upper
    /// half.
    ///
    /// `add` adds the products of the two factors to four columns. Its arguments are:
    /// - the columns;
    /// - the limbs of a that have products in these columns, in fours;
    /// - the rows of the second factor, from the row of the first of these limbs on;
    /// - for a square, the number of pairs of limbs below the limb whose square is in the lowest column.
    #[inline(always)]
    fn reduce(&mut self, a: &mut [u32], add: impl Fn(&mut Columns, &[Four], &[Rows], usize)) {
        let (a, _) = a.as_chunks_mut();
        for (four, limbs) in self.limbs.iter_mut().zip(a.iter()) {
            *four = Four::new(*limbs);
        }
        let fours = a.len();
        let mut carry = 0;
        for column in 0..fours.saturating_mul(2) {
            let mut columns = Columns::new();
            let (first, row) = (column.saturating_sub(fours), fours.saturating_sub(column));
            let limbs = self.limbs.get(first..fours.min(column.saturating_add(1))).unwrap_or_default();
            let rows = self.rows.get(row..).unwrap_or_default();
            add(&mut columns, limbs, rows, column.saturating_sub(first).saturating_sub(first));
            let multiples = self.multiples.get(first..fours.min(column)).unwrap_or_default();
            columns.add(multiples, self.modulus.rows.get(row..).unwrap_or_default());
            let (sums, above) = columns.total();
            let (limbs, next_carry) = match column < fours {
                true => self.modulus.multiple(sums, carry),
                false => settled(sums, carry),
            };
            carry = next_carry.wrapping_add(above);
            if let Some(place) = self.multiples.get_mut(column) {
                *place = Four::new(limbs);
            } else if let Some(place) = a.get_mut(first) {
                *place = limbs;
            }
        }
    }
}

impl Modulus {
    /// The multiple of n that makes four columns divisible by 2¹¹⁶, and their carry after the addition.
    fn multiple(&self, [c0, c1, c2, c3]: [u64; 4], carry: u64) -> ([u32; 4], u64) {
        let Some([n0, n1, n2, n3]) = self.limbs.first_chunk().copied() else { return ([0; 4], 0) };
        let multiple = |column: u64| (column as u32).wrapping_mul(*self.inverse) & MASK;
        let carry_of = |column: u64, multiple: u32| column.wrapping_add(product(multiple, n0)) >> LIMB_BITS;
        let sum0 = c0.wrapping_add(carry);
        let m0 = multiple(sum0);
        let sum1 = c1.wrapping_add(carry_of(sum0, m0)).wrapping_add(product(m0, n1));
        let m1 = multiple(sum1);
        let sum2 = c2.wrapping_add(carry_of(sum1, m1)).wrapping_add(product(m0, n2)).wrapping_add(product(m1, n1));
        let m2 = multiple(sum2);
        let sum3 = c3.wrapping_add(carry_of(sum2, m2)).wrapping_add(product(m0, n3)).wrapping_add(product(m1, n2));
        let sum3 = sum3.wrapping_add(product(m2, n1));
        let m3 = multiple(sum3);
        ([m0, m1, m2, m3], carry_of(sum3, m3))
    }
}

/// The limbs of four columns, and their carry.
fn settled([c0, c1, c2, c3]: [u64; 4], carry: u64) -> ([u32; 4], u64) {
    let sum0 = c0.wrapping_add(carry);
    let sum1 = c1.wrapping_add(sum0 >> LIMB_BITS);
    let sum2 = c2.wrapping_add(sum1 >> LIMB_BITS);
    let sum3 = c3.wrapping_add(sum2 >> LIMB_BITS);
    let limb = |sum: u64| sum as u32 & MASK;
    ([limb(sum0), limb(sum1), limb(sum2), limb(sum3)], sum3 >> LIMB_BITS)
}

/// A number as a second factor, in [`Rows`]: from the highest limbs to the lowest, with zeros around them.
fn to_rows(number: &[u32], rows: &mut Vec<Rows>) {
    rows.clear();
    let mut higher = [0; 4];
    for limbs in number.as_chunks().0.iter().rev().chain([&[0; 4]]) {
        let ([_, b, c, d], [e, f, g, h]) = (*limbs, higher);
        rows.push([Four::new([e, d, c, b]), Four::new([f, e, d, c]), Four::new([g, f, e, d]), Four::new([h, g, f, e])]);
        higher = *limbs;
    }
}

/// a·b + c, in twice the limbs.
fn multiply_and_add(a: &[u32], b: &[u32], c: &[u32]) -> Number {
    let mut columns: Zeroizing<Vec<u64>> = Zeroizing::new(c.iter().map(|limb| u64::from(*limb)).collect());
    columns.resize(a.len().saturating_add(b.len()), 0);
    for (row, limb) in a.iter().enumerate() {
        let mut carry = 0;
        // After a row, the next column contains only the carry.
        for (column, b) in columns.iter_mut().skip(row).zip(b.iter().chain([&0])) {
            let sum = column.wrapping_add(product(*limb, *b)).wrapping_add(carry);
            *column = sum & u64::from(MASK);
            carry = sum >> LIMB_BITS;
        }
    }
    Number::new(columns.iter().map(|column| *column as u32).collect())
}

fn add(a: &mut [u32], b: &[u32]) {
    let mut carry = 0;
    for (a, b) in a.iter_mut().zip(b) {
        let sum = a.wrapping_add(*b).wrapping_add(carry);
        *a = sum & MASK;
        carry = sum >> LIMB_BITS;
    }
}

/// a becomes a − b. Returns −1 if the difference is negative, and otherwise 0.
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

/// A big-endian number as `count` limbs; None if it needs more.
fn to_limbs(bytes: &[u8], count: usize) -> Option<Number> {
    let mut number = Number::new(Vec::with_capacity(count.saturating_add(2)));
    let (mut buffer, mut bits) = (0_u64, 0_usize);
    for byte in bytes.iter().rev() {
        buffer |= u64::from(*byte) << bits;
        bits = bits.saturating_add(8);
        if bits >= LIMB_BITS {
            number.push(buffer as u32 & MASK);
            buffer >>= LIMB_BITS;
            bits = bits.saturating_sub(LIMB_BITS);
        }
    }
    number.push(buffer as u32);
    let fits = number.iter().skip(count).all(|limb| *limb == 0);
    number.resize(count, 0);
    fits.then_some(number)
}

/// The lowest bytes of a number, big-endian.
fn to_bytes(number: &[u32], length: usize) -> Zeroizing<Vec<u8>> {
    let mut bytes = Zeroizing::new(vec![0; length]);
    let mut limbs = number.iter();
    let (mut buffer, mut bits) = (0_u64, 0_usize);
    for byte in bytes.iter_mut().rev() {
        if bits < 8 {
            buffer |= u64::from(limbs.next().copied().unwrap_or_default()) << bits;
            bits = bits.saturating_add(LIMB_BITS);
        }
        *byte = buffer as u8;
        buffer >>= 8;
        bits = bits.saturating_sub(8);
    }
    bytes
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
