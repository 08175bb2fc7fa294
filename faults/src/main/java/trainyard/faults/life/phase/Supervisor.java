package trainyard.faults.life.phase;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.apache.commons.rng.UniformRandomProvider;
import trainyard.faults.cause.Fault;
import trainyard.faults.cause.FaultCause;
import trainyard.faults.cause.MarkStream;
import trainyard.faults.cause.Visibility;
import trainyard.faults.life.account.LifeNanos;
import trainyard.faults.life.job.Supervision;
import trainyard.faults.retry.BackoffRule;
import trainyard.faults.retry.InPlace;
import trainyard.faults.retry.RestartBudget;
import trainyard.faults.retry.RestartBudget.Stop;
import trainyard.faults.retry.RestartPolicy.CrashLoopBrake;
import trainyard.sim.engine.SimTime;
import trainyard.sim.random.SplitMix;

/** Watches one job and counts its restarts. What it draws for an incident comes from a stream of the mark of its fault. */
final class Supervisor {

    private final Supervision rules;
    private final List<FaultCause> alarms;
    private final RestartBudget.Count count;
    private UniformRandomProvider waits = MarkStream.WAITS.of(0);
    private String cause = "";
    private int agent;
    private final Map<String, Integer> incidents = new HashMap<>();
    private int falseAlarms;
    private int triesInVain;
    private int failuresInPlace;
    private int startsInARow;
    private long runSinceNanos;
    /** How long the job has run since its last incident, and how long it had before that. */
    private long ranNanos;

    private long ranBeforeNanos;
    private boolean noticedInTime = true;
    private long unnoticedSinceNanos;
    private long unnoticedNanos;
    private Optional<Stop> stop = Optional.empty();

    Supervisor(Supervision rules) {
        this.rules = rules;
        alarms = rules.detector().falseAlarms();
        count = rules.restarts().budget().begin();
    }

    /** An incident begins. Returns the time until it is noticed. */
    long begin(long nowNanos, Fault fault, UniformRandomProvider draws) {
        boolean alarm = alarms.contains(fault.cause());
        falseAlarms += alarm ? 1 : 0;
        open(fault);
        boolean known = alarm || fault.cause().visibility() == Visibility.SLOW;
        double seconds = known ? 0 : rules.detector().latencySeconds(fault, draws);
        noticedInTime = LifeNanos.mayEnd(seconds);
        unnoticedSinceNanos = nowNanos;
        return LifeNanos.of(seconds);
    }

    /** An incident begins with a fault that is known by then. */
    void found(Fault fault) {
        open(fault);
        noticedInTime = true;
    }

    private void open(Fault fault) {
        cause = fault.cause().name();
        incidents.merge(cause, 1, Integer::sum);
        agent = fault.firstNode();
        waits = MarkStream.WAITS.of(fault.mark());
        failuresInPlace = 0;
        ranBeforeNanos = ranNanos;
        ranNanos = 0;
    }

    /**
     * Time until a fault that strikes the job while another one is not noticed yet is noticed itself: what it would be if the
     * fault had begun the incident. Nothing else is drawn of its mark then.
     */
    long meanwhile(Fault fault) {
        return alarms.contains(fault.cause()) || fault.cause().visibility() == Visibility.SLOW
                ? 0
                : LifeNanos.of(rules.detector().latencySeconds(fault, SplitMix.of(fault.mark())));
    }

    /** Time until somebody finds out that a part is slow; empty where nobody does. */
    Optional<Long> slowNanos(Fault fault) {
        if (!rules.detector().watches(fault)) {
            return Optional.empty();
        }
        double seconds = rules.detector().latencySeconds(fault, MarkStream.SLOW.of(fault.mark()));
        return LifeNanos.mayEnd(seconds) ? Optional.of(LifeNanos.of(seconds)) : Optional.empty();
    }

    /** The incident is noticed, if only because of another fault, or ends unnoticed with the time limit of the job. */
    void notice(long nowNanos) {
        unnoticedNanos += noticedInTime ? 0 : nowNanos - unnoticedSinceNanos;
        noticedInTime = true;
    }

    /**
     * Counts the restart that the incident asks for; returns whether there is none.
     *
     * @param safeSteps steps that the restart keeps; asked only where a budget is counted
     */
    boolean stops(long nowNanos, LongSupplier safeSteps) {
        if (rules.restarts().finalCauses().contains(cause)) {
            stop = Optional.of(Stop.EXIT_CODE);
        } else if (!rules.restarts().budget().equals(RestartBudget.UNLIMITED)) {
            stop = count.count(SimTime.seconds(nowNanos), agent, safeSteps.getAsLong());
        }
        return stop.isPresent();
    }

    /** How long the brake holds the job before it starts again. */
    long brakeNanos() {
        Optional<CrashLoopBrake> brake = rules.restarts().brake();
        if (brake.isEmpty()) {
            return 0;
        }
        if (ranBeforeNanos >= SimTime.nanos(brake.get().forgetSeconds())) {
            startsInARow = 0;
        }
        return LifeNanos.of(brake.get().backoff().waitSeconds(startsInARow++, waits));
    }

    /** Whether the job is started on nodes although some are broken, since nobody knows. */
    boolean triesBroken() {
        return rules.restarts()
                .inPlace()
                .filter(inPlace -> !inPlace.classified())
                .isPresent();
    }

    /** A start on broken nodes failed. Returns the wait until the next one; empty where there is none. */
    Optional<Long> failInPlace() {
        BackoffRule backoff = rules.restarts().inPlace().map(InPlace::backoff).orElseThrow();
        int failure = failuresInPlace++;
        triesInVain++;
        return backoff.triesAgain(failure)
                ? Optional.of(LifeNanos.of(backoff.waitSeconds(failure, waits)))
                : Optional.empty();
    }

    /** The job runs from now on. */
    void runs(long nowNanos) {
        runSinceNanos = nowNanos;
    }

    /** The job, which ran, stands still: for a fault, for its time limit, or to take nodes in. */
    void stands(long nowNanos) {
        ranNanos += nowNanos - runSinceNanos;
    }

    /** The node leaves the job, and its agent with it. */
    void leave(int node) {
        count.leave(node);
    }

    /** What happened up to the end of the observation. */
    LifeEvents events(long nowNanos, boolean detecting) {
        boolean hangs = detecting && !noticedInTime;
        long rest = hangs ? nowNanos - unnoticedSinceNanos : 0;
        return new LifeEvents(incidents, falseAlarms, triesInVain, unnoticedNanos + rest, hangs, stop);
    }
}
