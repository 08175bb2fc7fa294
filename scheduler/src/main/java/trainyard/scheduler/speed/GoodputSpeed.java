package trainyard.scheduler.speed;

import trainyard.scheduler.cluster.NodeShares;
import trainyard.scheduler.goodput.TrainingProfile;
import trainyard.scheduler.goodput.TrainingProfiles;
import trainyard.scheduler.goodput.WorkParts;
import trainyard.scheduler.job.ClusterJob;

/**
 * Speed by goodput: that of the GPUs and nodes that a job has over that of the GPUs that it wants, on as few nodes as hold them and with its
 * owner's batch. It changes with the noise scale as the work gets on.
 *
 * @param profiles how jobs train
 * @param choosesBatch whether each part of the work has the batch with the largest goodput, or else all have the owner's
 * @param gpusPerNode which tells on how few nodes a job can be, at least 1
 * @param others speed of jobs of which it is not known how they train
 */
public record GoodputSpeed(TrainingProfiles profiles, boolean choosesBatch, int gpusPerNode, SpeedModel others)
        implements SpeedModel {

    @Override
    public double rate(ClusterJob job, int gpus, NodeShares shares) {
        return pace(job, gpus, shares).first();
    }

    @Override
    public WorkPace pace(ClusterJob job, int gpus, NodeShares shares) {
        return profiles.of(job)
                .map(profile -> pace(job, profile, gpus, shares.count()))
                .orElseGet(() -> others.pace(job, gpus, shares));
    }

    private WorkPace pace(ClusterJob job, TrainingProfile profile, int gpus, int nodes) {
        double[] rates = new double[profile.parts()];
        for (int part = 0; part < rates.length; part++) {
            double here =
                    choosesBatch ? profile.bestGoodput(part, gpus, nodes) : profile.ownerGoodput(part, gpus, nodes);
            rates[part] = here / WorkParts.ownerGoodput(job, profile, part, gpusPerNode);
        }
        return WorkPace.of(WorkParts.of(job, profile, gpusPerNode).leftNanos(), rates);
    }
}
