package trainyard.faults.life.phase;

import java.util.Optional;
import org.apache.commons.rng.UniformRandomProvider;
import trainyard.faults.cause.Damage;
import trainyard.faults.cause.Fault;
import trainyard.faults.life.account.LifeNanos;
import trainyard.faults.life.nodes.PreparationTimes;
import trainyard.sim.random.Distribution;
import trainyard.sim.random.SplitMix;

/**
 * What a job stands still for: the worst that struck it, and the times that follow. Every draw comes from the mark
 * of the fault that began the incident, so that it is the same under every policy.
 */
final class Standstill {

    private final PreparationTimes preparation;
    /** The worst that struck the job since it last ran; empty where it paused of its own accord. */
    private Optional<Damage> worst = Optional.empty();

    private UniformRandomProvider draws;
    private boolean stateIsLost;

    /**
     * Before the first incident.
     *
     * @param preparation draws for what comes up beside the job, from the same marks
     * @param startMark what the times of the first start are drawn from
     */
    Standstill(PreparationTimes preparation, long startMark) {
        this.preparation = preparation;
        draws = SplitMix.of(startMark);
        preparation.follow(startMark);
    }

    /** A fault begins another one; what struck before counts on. */
    void begin(Fault fault) {
        draws = SplitMix.of(fault.mark());
        preparation.follow(fault.mark());
    }

    /** Something strikes the job. */
    void strike(Damage damage) {
        worst = Optional.of(worst.filter(before -> before.compareTo(damage) > 0).orElse(damage));
    }

    /** The job has to go on from a snapshot, whatever is left when it loads. */
    void loseState() {
        stateIsLost = true;
    }

    boolean isStateLost() {
        return stateIsLost;
    }

    /** The job runs again. */
    void end() {
        stateIsLost = false;
        worst = Optional.empty();
    }

    /** Whether anything struck the job since it last ran. */
    boolean isOpen() {
        return worst.isPresent();
    }

    /** The worst that struck; the end of the processes where nothing did. */
    Damage damage() {
        return worst.orElse(Damage.PROCESS);
    }

    UniformRandomProvider draws() {
        return draws;
    }

    /** Draws a time in whole nanoseconds. */
    long draw(Distribution seconds) {
        return LifeNanos.draw(seconds, draws);
    }
}
