//! The innermost loop of RSA: the sums of four columns of a product, and how often their carries must be propagated
//! ("settled").
//!
//! The product of two 29-bit limbs has 58 bits, so that the sum of 64 products fits into 64 bits. The loop only
//! multiplies and adds, and no step depends on the result of the step before.
//!
//! The loop has two implementations. If the crate is compiled with SIMD (`-Ctarget-feature=+simd128`), one instruction
//! computes two products, which takes two thirds of the time.

use zeroize::DefaultIsZeroes;

pub(super) const LIMB_BITS: usize = 29;
pub(super) const MASK: u32 = (1 << LIMB_BITS) - 1;

/// `rows[c]` contains four limbs of the second factor. In column c of the product, four limbs x0 … x3 of the first
/// factor are multiplied by them. The next column needs the same limbs, moved by one place. So each limb is stored
/// four times, and in return one instruction loads four limbs.
pub(super) type Rows = [Four; 4];

#[cfg(not(target_feature = "simd128"))]
pub(super) use plain::{Columns, Four};
#[cfg(target_feature = "simd128")]
pub(super) use simd::{Columns, Four};

/// Wiping overwrites a value with the default.
impl DefaultIsZeroes for Four {}

pub(super) fn product(a: u32, b: u32) -> u64 {
    u64::from(a).wrapping_mul(u64::from(b))
}

#[cfg(not(target_feature = "simd128"))]
mod plain {
    use super::{LIMB_BITS, MASK, Rows, product};

    /// The largest number of [`Four`]s between two carry propagations. Each adds four products to a column, so twelve
    /// add 48. [`Columns::add_two`] and [`Columns::add_square`] add at most eight more: fewer than 64.
    const UNSETTLED: usize = 12;

    /// Four limbs, the lowest first.
    #[derive(Clone, Copy, Default)]
    pub(crate) struct Four([u32; 4]);

    impl Four {
        #[inline(always)]
        pub(crate) fn new(limbs: [u32; 4]) -> Self {
            Self(limbs)
        }

        #[inline(always)]
        pub(crate) fn limbs(self) -> [u32; 4] {
            self.0
        }
    }

    pub(crate) struct Columns {
        sums: [u64; 4],
        above: u64,
    }

    impl Columns {
        #[inline(always)]
        pub(crate) fn new() -> Self {
            Self { sums: [0; 4], above: 0 }
        }

        /// Adds the products of limbs and the rows that belong to them, and propagates the carries.
        #[inline(always)]
        pub(crate) fn add(&mut self, mut limbs: &[Four], mut rows: &[Rows]) {
            while !limbs.is_empty() {
                let (now, later) = limbs.split_at_checked(UNSETTLED).unwrap_or((limbs, &[]));
                let [mut c0, mut c1, mut c2, mut c3] = self.sums;
                for (Four([x0, x1, x2, x3]), [row0, row1, row2, row3]) in now.iter().zip(rows) {
                    let sum = |column: u64, Four([y0, y1, y2, y3]): &Four| {
                        let low = product(*x0, *y0).wrapping_add(product(*x1, *y1));
                        let high = product(*x2, *y2).wrapping_add(product(*x3, *y3));
                        column.wrapping_add(low).wrapping_add(high)
                    };
                    (c0, c1, c2, c3) = (sum(c0, row0), sum(c1, row1), sum(c2, row2), sum(c3, row3));
                }
                self.sums = [c0, c1, c2, c3];
                self.settle();
                (limbs, rows) = (later, rows.get(UNSETTLED..).unwrap_or_default());
            }
        }

        /// Adds the products of only the first two limbs.
        #[inline(always)]
        pub(crate) fn add_two(&mut self, Four([x0, x1, ..]): Four, [row0, row1, row2, row3]: &Rows) {
            let [c0, c1, c2, c3] = self.sums;
            let sum = |column: u64, Four([y0, y1, ..]): &Four| {
                column.wrapping_add(product(x0, *y0)).wrapping_add(product(x1, *y1))
            };
            self.sums = [sum(c0, row0), sum(c1, row1), sum(c2, row2), sum(c3, row3)];
        }

        /// Doubles the sums. The caller ensures that a doubled sum fits into 64 bits.
        #[inline(always)]
        pub(crate) fn double(&mut self) {
            let [c0, c1, c2, c3] = self.sums;
            self.sums = [c0 << 1, c1 << 1, c2 << 1, c3 << 1];
            self.above <<= 1;
        }

        /// Adds the lowest four columns of the square of a number that begins with these limbs.
        #[inline(always)]
        pub(crate) fn add_square(&mut self, [x0, x1, x2, x3]: [u32; 4]) {
            let [c0, c1, c2, c3] = self.sums;
            let twice = |a: u32, b: u32| product(a << 1, b);
            self.sums = [
                c0.wrapping_add(product(x0, x0)),
                c1.wrapping_add(twice(x0, x1)),
                c2.wrapping_add(twice(x0, x2)).wrapping_add(product(x1, x1)),
                c3.wrapping_add(twice(x0, x3)).wrapping_add(twice(x1, x2)),
            ];
        }

        /// Reduces each column to one limb plus the carry from the column below.
        #[inline(always)]
        fn settle(&mut self) {
            let [c0, c1, c2, c3] = self.sums;
            let limb = |column: u64| column & u64::from(MASK);
            self.above = self.above.wrapping_add(c3 >> LIMB_BITS);
            self.sums = [
                limb(c0),
                limb(c1).wrapping_add(c0 >> LIMB_BITS),
                limb(c2).wrapping_add(c1 >> LIMB_BITS),
                limb(c3).wrapping_add(c2 >> LIMB_BITS),
            ];
        }

        /// The four columns, and their carry into the fifth.
        #[inline(always)]
        pub(crate) fn total(self) -> ([u64; 4], u64) {
            (self.sums, self.above)
        }
    }
}

#[cfg(target_feature = "simd128")]
mod simd {
    use core::arch::wasm32::{
        u32x4, u32x4_extract_lane, u32x4_splat, u64x2, u64x2_add, u64x2_extmul_high_u32x4, u64x2_extmul_low_u32x4,
        u64x2_extract_lane, u64x2_shl, u64x2_shr, u64x2_splat, v128, v128_and,
    };

    use super::{LIMB_BITS, MASK, Rows, product};

    /// The largest number of [`Four`]s between two carry propagations. Each adds two products to each half of a
    /// column, so 28 add 56. [`Columns::add_two`] and [`Columns::add_square`] add at most four more: fewer than 64.
    const UNSETTLED: usize = 28;

    /// Four limbs, the lowest first.
    #[derive(Clone, Copy)]
    pub(crate) struct Four(v128);

    impl Default for Four {
        fn default() -> Self {
            Self(u32x4_splat(0))
        }
    }

    impl Four {
        #[inline(always)]
        pub(crate) fn new([a, b, c, d]: [u32; 4]) -> Self {
            Self(u32x4(a, b, c, d))
        }

        #[inline(always)]
        pub(crate) fn limbs(self) -> [u32; 4] {
            let Self(four) = self;
            [
                u32x4_extract_lane::<0>(four),
                u32x4_extract_lane::<1>(four),
                u32x4_extract_lane::<2>(four),
                u32x4_extract_lane::<3>(four),
            ]
        }

        /// The mask changes no limb. Without the mask LLVM extends the limbs to 64 bits while reading them, and
        /// compiles `extmul` to 64-bit multiplications, which are slower than the plain implementation.
        #[inline(always)]
        fn vector(self) -> v128 {
            v128_and(self.0, u32x4_splat(MASK))
        }
    }

    /// Each column as two halves; the column is their sum.
    pub(crate) struct Columns {
        c0: v128,
        c1: v128,
        c2: v128,
        c3: v128,
        above: v128,
    }

    impl Columns {
        #[inline(always)]
        pub(crate) fn new() -> Self {
            let zero = u64x2(0, 0);
            Self { c0: zero, c1: zero, c2: zero, c3: zero, above: zero }
        }

        /// Adds the products of limbs and the rows that belong to them, and propagates the carries.
        #[inline(always)]
        pub(crate) fn add(&mut self, mut limbs: &[Four], mut rows: &[Rows]) {
            while !limbs.is_empty() {
                let (now, later) = limbs.split_at_checked(UNSETTLED).unwrap_or((limbs, &[]));
                // Local copies. Without them the compiler reads and writes the fields in every step.
                let (mut c0, mut c1, mut c2, mut c3) = (self.c0, self.c1, self.c2, self.c3);
                for (limbs, [row0, row1, row2, row3]) in now.iter().zip(rows) {
                    let limbs = limbs.vector();
                    c0 = add_four(c0, limbs, row0);
                    c1 = add_four(c1, limbs, row1);
                    c2 = add_four(c2, limbs, row2);
                    c3 = add_four(c3, limbs, row3);
                }
                (self.c0, self.c1, self.c2, self.c3) = (c0, c1, c2, c3);
                self.settle();
                (limbs, rows) = (later, rows.get(UNSETTLED..).unwrap_or_default());
            }
        }

        /// Adds the products of only the first two limbs.
        #[inline(always)]
        pub(crate) fn add_two(&mut self, limbs: Four, [row0, row1, row2, row3]: &Rows) {
            let limbs = limbs.vector();
            let sum = |column, row: &Four| u64x2_add(column, u64x2_extmul_low_u32x4(limbs, row.vector()));
            self.c0 = sum(self.c0, row0);
            self.c1 = sum(self.c1, row1);
            self.c2 = sum(self.c2, row2);
            self.c3 = sum(self.c3, row3);
        }

        /// Doubles the sums. The caller ensures that a doubled sum fits into 64 bits.
        #[inline(always)]
        pub(crate) fn double(&mut self) {
            self.c0 = u64x2_shl(self.c0, 1);
            self.c1 = u64x2_shl(self.c1, 1);
            self.c2 = u64x2_shl(self.c2, 1);
            self.c3 = u64x2_shl(self.c3, 1);
            self.above = u64x2_shl(self.above, 1);
        }

        /// Adds the lowest four columns of the square of a number that begins with these limbs.
        #[inline(always)]
        pub(crate) fn add_square(&mut self, [x0, x1, x2, x3]: [u32; 4]) {
            let twice = |a: u32, b: u32| product(a << 1, b);
            self.c0 = u64x2_add(self.c0, u64x2(product(x0, x0), 0));
            self.c1 = u64x2_add(self.c1, u64x2(twice(x0, x1), 0));
            self.c2 = u64x2_add(self.c2, u64x2(twice(x0, x2), product(x1, x1)));
            self.c3 = u64x2_add(self.c3, u64x2(twice(x0, x3), twice(x1, x2)));
        }

        /// Reduces each half of a column to one limb plus the carry from the column below.
        #[inline(always)]
        fn settle(&mut self) {
            let mask = u64x2_splat(u64::from(MASK));
            let limb = |column| v128_and(column, mask);
            let carry = |column| u64x2_shr(column, LIMB_BITS as u32);
            self.above = u64x2_add(self.above, carry(self.c3));
            self.c3 = u64x2_add(limb(self.c3), carry(self.c2));
            self.c2 = u64x2_add(limb(self.c2), carry(self.c1));
            self.c1 = u64x2_add(limb(self.c1), carry(self.c0));
            self.c0 = limb(self.c0);
        }

        /// The four columns, and their carry into the fifth.
        #[inline(always)]
        pub(crate) fn total(self) -> ([u64; 4], u64) {
            let sum = |halves| u64x2_extract_lane::<0>(halves).wrapping_add(u64x2_extract_lane::<1>(halves));
            ([sum(self.c0), sum(self.c1), sum(self.c2), sum(self.c3)], sum(self.above))
        }
    }

    #[inline(always)]
    fn add_four(column: v128, limbs: v128, row: &Four) -> v128 {
        let row = row.vector();
        let low = u64x2_add(column, u64x2_extmul_low_u32x4(limbs, row));
        u64x2_add(low, u64x2_extmul_high_u32x4(limbs, row))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The largest sums of a 4096-bit key: all limbs have their largest value, with carry propagation in between.
    #[test]
    #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
    fn full_columns_do_not_overflow() {
        let full = Four::new([MASK; 4]);
        let rows = [[full; 4]; 36];
        let mut columns = Columns::new();
        columns.add(&[full; 18], &rows);
        columns.add_two(full, &rows[0]);
        columns.double();
        columns.add_square(full.limbs());
        columns.add(&[full; 36], &rows);
        let (sums, above) = columns.total();

        let products = [1, 2, 3, 4].map(|square| 2 * (18 * 4 + 2) + square + 36 * 4);
        let (mut carry, mut expected) = (0_u128, 0_u128);
        for (count, sum) in products.into_iter().zip(sums) {
            (carry, expected) = (carry + u128::from(sum), expected + count * u128::from(product(MASK, MASK)));
            assert_eq!(carry & u128::from(MASK), expected & u128::from(MASK));
            (carry, expected) = (carry >> LIMB_BITS, expected >> LIMB_BITS);
        }
        assert_eq!(carry + u128::from(above), expected);
    }
}
