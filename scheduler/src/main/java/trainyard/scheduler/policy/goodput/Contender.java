package trainyard.scheduler.policy.goodput;

/**
 * A job that GPUs are allocated to.
 *
 * @param least fewest GPUs with which it runs, at least 1
 * @param most GPUs that it may have, at least {@code least}
 * @param now what it has
 * @param restartFactor by which its speed-up is smaller if it is stopped and started elsewhere, from 0 to 1
 * @param speedUp how fast it gets on, over its fair share of the cluster
 */
public record Contender(int least, int most, AllocationRow now, double restartFactor, SpeedUp speedUp) {

    /** How fast a job gets on with some GPUs of some nodes. */
    @FunctionalInterface
    public interface SpeedUp {

        /** At least 1 GPU of at least 1 node. */
        double of(int gpus, int nodes);
    }

    /** Whether it runs on one number of GPUs alone. */
    boolean isRigid() {
        return least == most && least > 1;
    }

    double worth(AllocationRow row) {
        if (row.total() == 0) {
            return 0;
        }
        double speedUp = this.speedUp.of(row.total(), row.nodes());
        return now.total() == 0 || row.isSame(now) ? speedUp : speedUp * restartFactor;
    }
}
