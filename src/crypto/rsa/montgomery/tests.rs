//! Comparison with num-bigint, on numbers of every kind. Because of the bound of R, every number below 4n is a valid
//! input.

use num_bigint::BigUint;

use super::*;

/// A generator of pseudo-random numbers, the same in every run.
struct Numbers(u64);

impl Numbers {
    fn byte(&mut self) -> u8 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as u8
    }

    fn bytes(&mut self, length: usize) -> Vec<u8> {
        (0..length).map(|_| self.byte()).collect()
    }

    fn below(&mut self, bound: &BigUint) -> BigUint {
        BigUint::from_bytes_be(&self.bytes(bound.to_bytes_be().len() + 8)) % bound
    }

    /// Odd numbers of `bits` bits: a random one, the largest, the smallest, and the largest with a single bit cleared
    /// in the middle.
    fn moduli(&mut self, bits: u64) -> Vec<BigUint> {
        let unit = BigUint::from(1_u8);
        let top = &unit << (bits - 1);
        let random = self.below(&top) | &top | &unit;
        let full: BigUint = (&top << 1) - &unit;
        vec![random, full.clone(), &top + &unit, full - (&unit << (bits / 2))]
    }
}

const SIZES: [u64; 15] = [512, 521, 928, 1016, 1024, 1030, 1040, 1856, 2047, 2048, 2049, 2240, 3072, 4088, 4096];

fn number(limbs: &[u32]) -> BigUint {
    limbs.iter().rev().fold(BigUint::ZERO, |number, limb| (number << LIMB_BITS) + *limb)
}

fn limbs(number: &BigUint, count: usize) -> Number {
    to_limbs(&number.to_bytes_be(), count).unwrap()
}

/// A number with leading zeros: the numbers of this module have a fixed length.
fn padded(number: &BigUint, length: usize) -> Vec<u8> {
    let bytes = number.to_bytes_be();
    let zeros = vec![0; length - if *number == BigUint::ZERO { 0 } else { bytes.len() }];
    if *number == BigUint::ZERO { zeros } else { [zeros, bytes].concat() }
}

#[test]
fn products_and_squares_modulo_r() {
    let mut numbers = Numbers(1);
    for n in SIZES.iter().flat_map(|bits| Numbers(*bits).moduli(*bits)) {
        let modulus = Modulus::new(&n.to_bytes_be()).unwrap();
        let count = modulus.limbs.len();
        let r = BigUint::from(1_u8) << (LIMB_BITS * count);
        assert!(&n * 16_u8 <= r);
        assert_eq!(number(&modulus.r_squared), &r * &r % &n);
        let inverse = (&r % &n).modinv(&n).unwrap();
        let largest = &n * 4_u8 - 1_u8;
        let mut factors = vec![BigUint::ZERO, BigUint::from(1_u8), &n - 1_u8, n.clone(), &n + 1_u8, largest];
        factors.extend((0..4).map(|_| numbers.below(&(&n * 4_u8))));
        let mut space = Workspace::of(&modulus);
        for a in &factors {
            for b in &factors {
                let mut product = limbs(a, count);
                space.multiply(&mut product, &limbs(b, count));
                assert!(number(&product) < &n * 2_u8);
                assert_eq!(number(&product) % &n, a * b * &inverse % &n, "{a} · {b} mod {n}");
            }
            let mut square = limbs(a, count);
            space.square(&mut square);
            assert!(number(&square) < &n * 2_u8);
            assert_eq!(number(&square) % &n, a * a * &inverse % &n, "{a}² mod {n}");
        }
    }
}

#[test]
fn powers() {
    let mut numbers = Numbers(2);
    for n in SIZES.iter().flat_map(|bits| Numbers(*bits).moduli(*bits)) {
        let modulus = Modulus::new(&n.to_bytes_be()).unwrap();
        let bases = [BigUint::ZERO, BigUint::from(1_u8), BigUint::from(2_u8), &n - 1_u8, &n >> 1, numbers.below(&n)];
        for base in bases {
            for exponent in [2, 3, 4, 17, 65537, (1 << 33) - 1, 0xdead_beef] {
                let power = modulus.power(&base.to_bytes_be(), exponent).unwrap();
                assert_eq!(*power, padded(&base.modpow(&exponent.into(), &n), modulus.len()), "{base}^{exponent}");
            }
        }
        for above in [n.clone(), &n + 1_u8, &n << 1] {
            assert_eq!(modulus.power(&above.to_bytes_be(), 3), None);
            assert!(!modulus.exceeds(&above.to_bytes_be()));
        }
        assert!(modulus.exceeds(&(&n - 1_u8).to_bytes_be()));
    }
}

/// The two factors need not be prime for this computation, only odd and without a common factor.
#[test]
fn the_two_halves_are_combined() {
    let mut numbers = Numbers(3);
    for (p_bits, q_bits) in [(512, 512), (1024, 1024), (1016, 1024), (1024, 1016), (520, 504), (928, 928), (2048, 2048)]
    {
        for (p, q) in numbers.moduli(p_bits).into_iter().zip(Numbers(q_bits + 7).moduli(q_bits)) {
            let q = (0_u8..).map(|step| &q - step * 2).find(|q| q.modinv(&p).is_some()).unwrap();
            let coefficient = q.modinv(&p).unwrap();
            let (dp, dq) = (numbers.below(&p), numbers.below(&q));
            let n = &p * &q;
            let length = n.to_bytes_be().len();
            let [p_bytes, q_bytes] = [&p, &q].map(BigUint::to_bytes_be);
            let exponents = [&dp, &dq].map(BigUint::to_bytes_be);
            let crt =
                Crt::new([&p_bytes, &q_bytes], [&exponents[0], &exponents[1]], &coefficient.to_bytes_be(), length);
            let crt = crt.unwrap();
            for base in [BigUint::ZERO, BigUint::from(1_u8), p.clone(), q.clone(), &n - 1_u8, numbers.below(&n)] {
                let (of_p, of_q) = (base.modpow(&dp, &p), base.modpow(&dq, &q));
                let quotient = (&of_p + &p * &q - (&of_q % &p)) * &coefficient % &p;
                let expected = padded(&(of_q + quotient * &q), length);
                assert_eq!(*crt.power(&base.to_bytes_be()).unwrap(), expected, "{base} mod {p} · {q}");
            }
        }
    }
}

/// The difference of the two halves is rarely below −p: about once in several thousand computations, if R is as small
/// as allowed. With factors of 112 bits, thousands of computations are fast.
#[test]
fn the_difference_of_the_halves_is_made_positive() {
    let mut numbers = Numbers(4);
    let exponent = BigUint::from(65537_u32);
    for _ in 0..20 {
        let below_full = numbers.below(&(BigUint::from(1_u8) << 108)) << 1;
        let p: BigUint = (BigUint::from(1_u8) << 112) - 1_u8 - below_full;
        let q = &p - 2_u8;
        let (n, coefficient) = (&p * &q, q.modinv(&p).unwrap());
        let [p, q, d, coefficient] = [&p, &q, &exponent, &coefficient].map(BigUint::to_bytes_be);
        let crt = Crt::new([&p, &q], [&d, &d], &coefficient, 28).unwrap();
        for _ in 0..2000 {
            let base = numbers.below(&n);
            let expected = padded(&base.modpow(&exponent, &n), 28);
            assert_eq!(*crt.power(&base.to_bytes_be()).unwrap(), expected, "{base}");
        }
    }
}

#[test]
fn an_invalid_modulus_is_rejected() {
    for bytes in [&[][..], &[0], &[2], &[0, 5], &[255, 254]] {
        assert!(Modulus::new(bytes).is_none(), "{bytes:?}");
    }
}
