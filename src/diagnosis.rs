//! Tools for developers: `diagnose` and `explain`, with their texts in English and Chinese. `open_phone` works without
//! this module.

mod bilingual;
mod diagnose;
mod explain;
mod meaning;

pub use bilingual::Bilingual;
pub use diagnose::{At, Block, DiagnoseInput, Diagnosis, Finding, Severity, State, Step, diagnose};
pub use explain::{Explanation, explain};
