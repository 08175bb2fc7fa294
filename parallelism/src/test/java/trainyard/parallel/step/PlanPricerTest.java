package trainyard.parallel.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.kernel.KernelCalibration;
import trainyard.sim.collective.CollectiveModel;
import trainyard.sim.collective.NcclModel;

class PlanPricerTest {

    /** One pricer for all jobs of a cluster, so that whatever a memo confuses shows. */
    @Test
    void remembersNothingWrong() {
        StepModel fresh = new AnalyticStepModel(NcclModel::on);
        TrainingJob first = RandomJobs.job(new Random(0));
        CollectiveModel collectives = NcclModel.on(first.cluster());
        PlanPricer pricer = new PlanPricer(collectives, KernelCalibration.NONE);
        for (long seed = 0; seed < 400; seed++) {
            Random random = new Random(seed);
            TrainingJob job = seed % 2 == 0 ? RandomJobs.job(random) : RandomJobs.anyJob(random);
            double expected = fresh.cost(job).seconds();
            assertThat(pricer.seconds(job)).as("seed %d, %s", seed, job.plan()).isCloseTo(expected, within(1e-9));
        }
    }

    @Test
    void theBoundIsNeverAboveTheTimeAndSometimesNear() {
        TrainingJob first = RandomJobs.job(new Random(0));
        PlanPricer pricer = new PlanPricer(NcclModel.on(first.cluster()), KernelCalibration.NONE);
        double nearest = 0;
        for (long seed = 0; seed < 400; seed++) {
            Random random = new Random(seed);
            TrainingJob job = seed % 2 == 0 ? RandomJobs.job(random) : RandomJobs.anyJob(random);
            double ratio = pricer.atLeastSeconds(job) / pricer.seconds(job);
            assertThat(ratio)
                    .as("seed %d, %s", seed, job.plan())
                    .isGreaterThan(0)
                    .isLessThanOrEqualTo(1);
            nearest = Math.max(nearest, ratio);
        }
        assertThat(nearest).isGreaterThan(0.95);
    }
}
