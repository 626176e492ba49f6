//! What developers ask when a payload or an answer is refused, with its texts. Nothing that opens a payload needs it.

mod bilingual;
mod diagnose;
mod explain;
mod meaning;

pub use bilingual::Bilingual;
pub use diagnose::{At, Block, DiagnoseInput, Diagnosis, Finding, Severity, State, Step, diagnose};
pub use explain::{Explanation, explain};
