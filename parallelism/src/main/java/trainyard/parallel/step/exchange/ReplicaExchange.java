package trainyard.parallel.step.exchange;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.kernel.KernelModel;
import trainyard.parallel.kernel.SoftwareFeature;
import trainyard.parallel.model.Layer;
import trainyard.parallel.model.ParameterCount;
import trainyard.parallel.plan.ChunkLayout;
import trainyard.parallel.plan.GradientCompression;
import trainyard.parallel.plan.GradientCompression.Method;
import trainyard.sim.collective.CollectiveModel;
import trainyard.sim.collective.GroupShape;

/** What the plan's way to exchange gradients among replicas costs, where it is not the plain sum. */
public final class ReplicaExchange {

    private final TrainingJob job;
    private final ChunkLayout layout;
    private final GroupShape replicas;
    private final GradientCompression compression;
    private final CompressedExchange compressed;
    private final GradientEncoder encoder;
    private final Optional<ServerExchange> servers;

    /**
     * @param replicas the group of GPUs that exchange
     */
    public ReplicaExchange(
            TrainingJob job,
            ChunkLayout layout,
            CollectiveModel collectives,
            KernelModel kernels,
            GroupShape replicas) {
        this.job = job;
        this.layout = layout;
        this.replicas = replicas;
        this.compression = job.plan().gradients().compression();
        this.compressed = new CompressedExchange(compression, collectives, replicas);
        this.encoder = new GradientEncoder(
                compression,
                kernels,
                job.software().host().forwardLaunchSeconds(),
                job.software().gradients().bytesPerElement(),
                job.cluster().node().gpu().memoryBytesPerSecond());
        this.servers = job.plan()
                .gradients()
                .servers()
                .map(some -> new ServerExchange(job, some, collectives, kernels, replicas));
    }

    /** Whether gradients are exchanged beside the backward pass; compressors but casts work when all are there. */
    public boolean overlaps() {
        boolean ready = !compression.compresses() || compression.method() == Method.FP16;
        return ready && job.software().has(SoftwareFeature.GRADIENT_OVERLAP);
    }

    /**
     * Seconds of one of {@code count} equal parts of the exchange of a chunk.
     *
     * @param bytes its gradients as they are kept
     */
    public double seconds(List<Layer> layers, double bytes, int count) {
        return servers.map(some -> some.pushSeconds(bytes / count))
                .orElseGet(() -> compressed.seconds(tensors(layers).times(1.0 / count)));
    }

    /** Seconds to compress a stage's gradients and undo it. */
    public double encodeSeconds(int stage) {
        if (!compression.compresses() || replicas.ranks() == 1) {
            return 0;
        }
        List<Layer> layers = new ArrayList<>();
        for (int chunk = 0; chunk < layout.chunksPerStage(); chunk++) {
            layers.addAll(layout.layers(stage, chunk));
        }
        return encoder.seconds(tensors(layers), replicas.ranks());
    }

    private GradientTensors tensors(List<Layer> layers) {
        return GradientTensors.of(layers, layout, job.plan().split(), job.shard());
    }

    /** Seconds until a stage's ranks have the weights that servers have updated; 0 without servers. */
    public double pullSeconds(ParameterCount parameters) {
        double bytes = job.shard().precision().bytes();
        return servers.map(some -> some.pullSeconds(bytes * parameters.total())).orElse(0.0);
    }

    /** Seconds that the servers update. */
    public double serverUpdateSeconds() {
        return servers.map(ServerExchange::updateSeconds).orElse(0.0);
    }
}
