package trainyard.scheduler.speed;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.step.StepModel;
import trainyard.scheduler.cluster.ClusterLayout;
import trainyard.scheduler.cluster.DomainLevel;
import trainyard.scheduler.cluster.NodeShares;
import trainyard.scheduler.job.ClusterJob;
import trainyard.sim.hardware.ClusterSpec;
import trainyard.sim.hardware.FabricLayout;
import trainyard.sim.hardware.FabricSpec;
import trainyard.sim.hardware.NodeSpec;
import trainyard.sim.hardware.ScaleUp;

/**
 * Speed from what a training step costs on the links that a placement gives it: tokens a second there over tokens a second of
 * the GPUs that the job wants, on as few nodes as possible behind one leaf switch. Placements that differ only in which nodes they
 * use are priced once: what counts is GPUs, nodes and racks.
 *
 * <p>A job has that share of its nodes' network ports which it has of their GPUs, since its neighbours use theirs, too. GPUs
 * that are not spread evenly over their nodes are priced as if they were. Other jobs on the links between racks are not seen.
 */
public final class StepSpeed implements SpeedModel {

    /** How a job is trained on some GPUs. */
    @FunctionalInterface
    public interface Training {

        /**
         * The training of a job, or none if only its run time is known; then its speed is 1.
         *
         * @param gpus which its plan uses
         */
        Optional<TrainingJob> of(ClusterJob job, int gpus);
    }

    private record Key(String model, int gpus, int gpusPerNode, int racks) {}

    private final StepModel steps;
    private final Training training;
    private final ClusterLayout layout;
    private final Map<Key, Double> tokensPerSecond = new HashMap<>();

    /**
     * @param training by the model that a job names: jobs that name one model are trained alike
     * @param layout where nodes lie; its racks are the leaf switches of the fabric
     */
    public StepSpeed(StepModel steps, Training training, ClusterLayout layout) {
        this.steps = Objects.requireNonNull(steps, "steps");
        this.training = Objects.requireNonNull(training, "training");
        this.layout = Objects.requireNonNull(layout, "layout");
    }

    /**
     * @throws trainyard.parallel.plan.PlanException if the training of the job cannot be priced on the placement
     */
    @Override
    public double rate(ClusterJob job, int gpus, NodeShares shares) {
        int perNode = (gpus + shares.count() - 1) / shares.count();
        double here = tokens(job, gpus, perNode, layout.domains(DomainLevel.RACK, shares));
        if (here == 0) {
            return 1;
        }
        int wholeNode = layout.gpus(shares.node(0));
        return here / tokens(job, job.gpus(), Math.min(job.gpus(), wholeNode), 1);
    }

    /** Tokens a second; 0 where nothing is known of the training. */
    private double tokens(ClusterJob job, int gpus, int perNode, int racks) {
        Key key = new Key(job.traits().model(), gpus, perNode, racks);
        Double known = tokensPerSecond.get(key);
        if (known == null) {
            known = training.of(job, gpus)
                    .map(whole -> steps.cost(whole.with(cluster(whole.cluster(), key)))
                            .tokensPerSecond())
                    .orElse(0.0);
            tokensPerSecond.put(key, known);
        }
        return known;
    }

    private static ClusterSpec cluster(ClusterSpec whole, Key key) {
        int nodes = (key.gpus + key.gpusPerNode - 1) / key.gpusPerNode;
        FabricSpec fabric = whole.fabric();
        FabricLayout racks = new FabricLayout(
                (nodes + key.racks - 1) / key.racks,
                fabric.layout().torusSides(),
                fabric.layout().dragonflyNodesPerRouter(),
                fabric.layout().graph());
        return new ClusterSpec(part(whole.node(), key.gpusPerNode), nodes, fabric.with(racks));
    }

    /** Some GPUs of a node with their share of its ports: fewer ports, or one that is slower. */
    private static NodeSpec part(NodeSpec node, int gpus) {
        if (gpus == node.gpus()) {
            return node;
        }
        int nics = Math.min(node.nics(), Math.max(1, node.nics() * gpus / node.gpus()));
        double ports = node.scaleOutBytesPerSecond() * gpus / node.gpus();
        boolean mesh = node.scaleUp() == ScaleUp.NVLINK_MESH;
        return new NodeSpec(
                node.name() + " with " + gpus + " GPUs",
                node.gpu(),
                gpus,
                mesh ? ScaleUp.FULL_MESH : node.scaleUp(),
                nics,
                nics == 0 ? 0 : ports / nics,
                node.pcieBytesPerSecond(),
                node.host(),
                node.maxPowerWatts(),
                1,
                node.provenance());
    }
}
