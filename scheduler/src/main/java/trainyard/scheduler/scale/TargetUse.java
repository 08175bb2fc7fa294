package trainyard.scheduler.scale;

/**
 * As many nodes as are used to a target once all jobs run that wait: a target of 80 % keeps a fifth of them for jobs to come. It
 * is what the Horizontal Pod Autoscaler of Kubernetes asks for, {@code ceil(nodes x metric / target)} with the GPUs that
 * are wanted over those that are there as its metric, without its tolerance (Kubernetes documentation, "Horizontal Pod
 * Autoscaling", algorithm details).
 *
 * @param target above 0, at most 1
 */
public record TargetUse(double target) implements ScalingRule {

    public TargetUse {
        if (!(target > 0 && target <= 1)) {
            throw new IllegalArgumentException("a target is above 0 and at most 1, got " + target);
        }
    }

    @Override
    public int nodes(Demand demand) {
        return demand.nodesFor(demand.gpus() / target);
    }
}
