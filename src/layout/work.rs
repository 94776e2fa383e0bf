//! Counts the steps of routing and labeling in tests, which hold them against the number of lines: time is no measure.

#[cfg(test)]
std::thread_local! {
    static STEPS: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

/// Counts steps of this thread.
#[cfg(test)]
pub(super) fn count(steps: usize) {
    STEPS.with(|counted| counted.set(counted.get() + steps));
}

/// Does nothing outside of tests.
#[cfg(not(test))]
#[inline]
pub(super) fn count(_steps: usize) {}

/// The steps that something takes.
#[cfg(test)]
pub(super) fn steps_of(work: impl FnOnce()) -> usize {
    STEPS.with(|counted| counted.set(0));
    work();
    STEPS.with(std::cell::Cell::get)
}
