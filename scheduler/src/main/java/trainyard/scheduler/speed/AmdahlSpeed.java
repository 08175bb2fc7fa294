package trainyard.scheduler.speed;

import trainyard.scheduler.cluster.NodeShares;
import trainyard.scheduler.job.ClusterJob;

/**
 * Speed by the number of GPUs alone: {@code S(g) / S(wanted)} with {@code S(g) = 1 / (s + (1 - s) / g)} (Amdahl, AFIPS 1967).
 *
 * @param serialShare share s of the work on one GPU that others do not make shorter, from 0 to 1
 */
public record AmdahlSpeed(double serialShare) implements SpeedModel {

    public AmdahlSpeed {
        if (!(serialShare >= 0 && serialShare <= 1)) {
            throw new IllegalArgumentException("a share lies in [0, 1], got " + serialShare);
        }
    }

    @Override
    public double rate(ClusterJob job, int gpus, NodeShares shares) {
        return gpus == job.gpus() ? 1 : speedup(gpus) / speedup(job.gpus());
    }

    private double speedup(int gpus) {
        return 1 / (serialShare + (1 - serialShare) / gpus);
    }
}
