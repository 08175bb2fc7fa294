package trainyard.training.run;

import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import trainyard.training.rule.Ledger;

/**
 * What a run came to.
 *
 * @param curve losses over time; ends before the first that is no number
 * @param ledger what was counted
 * @param seconds virtual time of the run
 * @param sentBytes bytes that went over the network
 * @param updateBytes those of them until the last update, so that they are of whole updates
 * @param uses what each worker did with its time
 * @param useCurve what workers had done with their time at each loss, in the order of time
 * @param lost gradients that failures destroyed
 * @param divergence where training diverged, if it did
 * @param parameters those shown at the end
 */
public record TrainingOutcome(
        LossCurve curve,
        Ledger ledger,
        double seconds,
        double sentBytes,
        double updateBytes,
        List<WorkerUse> uses,
        List<UsePoint> useCurve,
        long lost,
        Optional<Divergence> divergence,
        double[] parameters) {

    public TrainingOutcome {
        uses = List.copyOf(uses);
        useCurve = List.copyOf(useCurve);
    }

    /** Mean share of their time that workers computed. */
    public double busyShare() {
        return share(WorkerUse::computingSeconds);
    }

    /** Mean share of their time that the rule let workers wait for others. */
    public double waitingShare() {
        return share(WorkerUse::waitingSeconds);
    }

    /** Mean share of their time that workers had nothing to compute until what was on its way was there. */
    public double exchangingShare() {
        return share(WorkerUse::exchangingSeconds);
    }

    /** Mean share of their time that workers were down. */
    public double downShare() {
        return share(WorkerUse::downSeconds);
    }

    private double share(ToDoubleFunction<WorkerUse> part) {
        return seconds == 0 ? 0 : uses.stream().mapToDouble(part).sum() / (seconds * uses.size());
    }

    /**
     * What workers have done with their time.
     *
     * @param seconds virtual time
     * @param use sum of all workers until then
     */
    public record UsePoint(double seconds, WorkerUse use) {}

    /**
     * The first sign that training diverged.
     *
     * @param update number of the update
     * @param seconds virtual time
     * @param what such as {@code a parameter is no number}
     */
    public record Divergence(long update, double seconds, String what) {}
}
