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
 * @param uses what each worker did with its time
 * @param lost gradients that failures destroyed
 * @param divergence where training diverged, if it did
 * @param parameters those shown at the end
 */
public record TrainingOutcome(
        LossCurve curve,
        Ledger ledger,
        double seconds,
        double sentBytes,
        List<WorkerUse> uses,
        long lost,
        Optional<Divergence> divergence,
        double[] parameters) {

    public TrainingOutcome {
        uses = List.copyOf(uses);
    }

    /** Mean share of their time that workers computed. */
    public double busyShare() {
        return share(WorkerUse::computingSeconds);
    }

    /** Mean share of their time that the rule let workers wait for others. */
    public double waitingShare() {
        return share(WorkerUse::waitingSeconds);
    }

    /** Mean share of their time that workers were down. */
    public double downShare() {
        return share(WorkerUse::downSeconds);
    }

    private double share(ToDoubleFunction<WorkerUse> part) {
        return seconds == 0 ? 0 : uses.stream().mapToDouble(part).sum() / (seconds * uses.size());
    }

    /**
     * The first sign that training diverged.
     *
     * @param update number of the update
     * @param seconds virtual time
     * @param what such as {@code a parameter is no number}
     */
    public record Divergence(long update, double seconds, String what) {}
}
