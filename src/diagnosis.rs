//! What developers use when a payload or a response is rejected, with its texts. Opening a payload does not need it.

mod bilingual;
mod diagnose;
mod explain;
mod meaning;

pub use bilingual::Bilingual;
pub use diagnose::{At, Block, DiagnoseInput, Diagnosis, Finding, Severity, State, Step, diagnose};
pub use explain::{Explanation, explain};
