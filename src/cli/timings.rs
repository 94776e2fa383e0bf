//! How long the steps of a command take, for `--timings`.

use std::time::{Duration, Instant};

use serde_json::{Map, Value, json};

/// Times of steps, in the order in which they were taken.
pub(super) struct StepTimings {
    steps: Map<String, Value>,
}

impl StepTimings {
    pub(super) fn new() -> Self {
        Self { steps: Map::new() }
    }

    /// Runs a step and records its time.
    pub(super) fn time<T>(&mut self, name: &str, step: impl FnOnce() -> T) -> T {
        let (processor, wall) = (processor_time(), Instant::now());
        let done = step();
        let wall = wall.elapsed();
        let spent = processor.zip(processor_time()).map(|(before, after)| seconds(after.saturating_sub(before)));
        self.steps.insert(name.to_owned(), json!({ "processor_s": spent, "wall_s": seconds(wall) }));
        done
    }

    pub(super) fn into_json(self) -> Value {
        Value::Object(self.steps)
    }
}

fn seconds(time: Duration) -> f64 {
    (time.as_secs_f64() * 10_000.0).round() / 10_000.0
}

/// Returns the time that all threads of this process have spent on a processor; `None` where it isn't known.
fn processor_time() -> Option<Duration> {
    #[cfg(unix)]
    {
        Duration::try_from(rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime)).ok()
    }
    #[cfg(not(unix))]
    {
        None
    }
}
