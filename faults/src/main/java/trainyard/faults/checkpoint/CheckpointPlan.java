package trainyard.faults.checkpoint;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import trainyard.faults.cause.Damage;

/**
 * When snapshots are taken and where they go.
 *
 * @param intervalSteps a snapshot is taken whenever the number of finished steps is a multiple of this, at least 1
 * @param levels where they go; each snapshot goes to every level that is due, one after the other. Empty: none is taken
 * @param verification a check of the state before it is saved, where there is one
 * @param adaptive how the interval follows what is observed; empty where it stays
 * @param corruption what becomes of a state that is wrong
 * @param onSignal a time limit of the job and the snapshot before it; empty where it has none
 */
public record CheckpointPlan(
        long intervalSteps,
        List<CheckpointLevel> levels,
        Optional<SnapshotVerification> verification,
        Optional<AdaptiveInterval> adaptive,
        Corruption corruption,
        Optional<OnSignal> onSignal) {

    /** So that the pattern of levels stays short. */
    private static final int MAX_PATTERN = 100_000;

    public CheckpointPlan {
        levels = List.copyOf(levels);
        Objects.requireNonNull(verification, "verification");
        Objects.requireNonNull(adaptive, "adaptive");
        Objects.requireNonNull(corruption, "corruption");
        Objects.requireNonNull(onSignal, "onSignal");
        if (intervalSteps < 1) {
            throw new IllegalArgumentException("the interval must be at least one step, got " + intervalSteps);
        }
        Set<String> names = new HashSet<>();
        for (CheckpointLevel level : levels) {
            if (!names.add(level.name())) {
                throw new IllegalArgumentException("two levels are called " + level.name());
            }
        }
        pattern(levels, verification);
    }

    /** A plan of a fixed interval whose snapshots nobody checks. */
    public CheckpointPlan(long intervalSteps, List<CheckpointLevel> levels) {
        this(intervalSteps, levels, Optional.empty(), Optional.empty(), Corruption.UNNOTICED, Optional.empty());
    }

    /** No snapshots: every fault throws the job back to its first step. */
    public static CheckpointPlan none() {
        return new CheckpointPlan(Long.MAX_VALUE, List.of());
    }

    public CheckpointPlan with(SnapshotVerification check) {
        return new CheckpointPlan(intervalSteps, levels, Optional.of(check), adaptive, corruption, onSignal);
    }

    public CheckpointPlan with(AdaptiveInterval rule) {
        return new CheckpointPlan(intervalSteps, levels, verification, Optional.of(rule), corruption, onSignal);
    }

    public CheckpointPlan with(Corruption other) {
        return new CheckpointPlan(intervalSteps, levels, verification, adaptive, other, onSignal);
    }

    public CheckpointPlan with(OnSignal signal) {
        return new CheckpointPlan(intervalSteps, levels, verification, adaptive, corruption, Optional.of(signal));
    }

    /**
     * The level to which a snapshot out of turn is written fastest, of those that can be written now and outlast the loss of the
     * nodes; empty where there is none.
     */
    public Optional<CheckpointLevel> signalLevel(Predicate<CheckpointLevel> reachable) {
        return levels.stream()
                .filter(level -> level.outlasts(Damage.NODE) && reachable.test(level))
                .min(Comparator.comparingLong(CheckpointLevel::writeNanos));
    }

    /**
     * The plan of a run that starts now.
     *
     * @param incidents what has stopped the job so far
     * @param nowNanos time of the job
     * @param stepNanos time of a step of the run
     */
    public CheckpointPlan ofRun(ObservedIncidents incidents, long nowNanos, long stepNanos) {
        if (adaptive.isEmpty()) {
            return this;
        }
        return adaptive.map(rule -> rule.intervalSteps(this, incidents, nowNanos, stepNanos))
                .map(steps -> new CheckpointPlan(steps, levels, verification, adaptive, corruption, onSignal))
                .orElse(this);
    }

    /** The plan without the levels that cannot be written now. */
    public CheckpointPlan on(Predicate<CheckpointLevel> reachable) {
        List<CheckpointLevel> within = new ArrayList<>(levels);
        boolean all = !within.removeIf(reachable.negate());
        return all ? this : new CheckpointPlan(intervalSteps, within, verification, adaptive, corruption, onSignal);
    }

    /** Incidents that it asks to be remembered. */
    public int remembered() {
        return adaptive.map(AdaptiveInterval::remembered).orElse(0);
    }

    /** Time that one snapshot holds the job up on average, checks included and waits for other saves left out. */
    public double meanStallNanos() {
        double nanos = verification
                .map(check -> (double) check.nanos() / check.every())
                .orElse(0.0);
        for (CheckpointLevel level : levels) {
            int cycle = level.writing().deltas().map(DeltaChain::fullEvery).orElse(1);
            double stalls = 0;
            for (int i = 1; i <= cycle; i++) {
                stalls += level.stallNanos(i) + level.writing().slowdown() * level.persistNanos(i);
            }
            nanos += stalls / cycle / level.every();
        }
        return nanos;
    }

    /** After how many snapshots the levels are due in the same way again. */
    int pattern() {
        return pattern(levels, verification);
    }

    private static int pattern(List<CheckpointLevel> levels, Optional<SnapshotVerification> verification) {
        long pattern = verification.map(SnapshotVerification::every).orElse(1);
        for (CheckpointLevel level : levels) {
            long own = Math.multiplyExact((long) level.every(), level.cycle());
            pattern = Math.multiplyExact(pattern / gcd(pattern, own), own);
            if (pattern > MAX_PATTERN) {
                throw new IllegalArgumentException("the levels repeat only after " + pattern
                        + " snapshots; choose values of every that divide each other");
            }
        }
        return (int) pattern;
    }

    private static long gcd(long a, long b) {
        return b == 0 ? a : gcd(b, a % b);
    }
}
