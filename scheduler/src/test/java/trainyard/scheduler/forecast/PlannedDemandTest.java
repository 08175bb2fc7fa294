package trainyard.scheduler.forecast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import trainyard.scheduler.forecast.ForecastQuestion.Play;
import trainyard.scheduler.job.ClusterJob;
import trainyard.sim.engine.SimTime;
import trainyard.sim.random.RandomStreams;

class PlannedDemandTest {

    private static final RandomStreams STREAMS = new RandomStreams(1, 0);
    private static final double HOUR = 3_600;

    private static ClusterJob job(String id, double hours, int gpus, double runHours) {
        return ClusterJob.of(id, SimTime.nanos(hours * HOUR), gpus, SimTime.nanos(runHours * HOUR));
    }

    /** Each hour from 8 to 20 a job of 4 GPUs for half an hour, and at noon one of 8 GPUs of a class; 60 days. */
    private static List<ClusterJob> list() {
        List<ClusterJob> jobs = new ArrayList<>();
        for (int day = 0; day < 60; day++) {
            for (int hour = 8; hour < 20; hour++) {
                jobs.add(job("j" + jobs.size(), 24 * day + hour, 4, 0.5));
            }
            jobs.add(job("noon/" + day, 24 * day + 12.5, 8, 1));
        }
        return jobs;
    }

    private static PlannedDemand plan(Play play) {
        return new PlannedDemand(new ForecastQuestion(40, 5, 10, new TrendAndSeason(), 0.8, play), list());
    }

    @Test
    void aJobThatRunsPastMidnightCountsOnBothDays() {
        DailyDemand demand = DailyDemand.of(List.of(job("a", 12, 8, 24), job("b", 47, 24, 1)));

        assertEquals(List.of(4.0, 5.0), demand.gpus());
    }

    /** A day holds 12 x 4 x 0.5 + 8 GPU-hours. */
    @Test
    void theSameEveryDayGoesOnTheSame() {
        PlannedDemand planned = plan(Play.FORECAST);

        assertEquals(32 / 24.0, planned.mean(), 1e-9);
        assertEquals(0, planned.error().orElseThrow(), 1e-9);
        assertEquals(1, planned.growthPerDay(), 1e-9);
    }

    /** 1,000 days would hold 13,000 jobs; the mean over 40 futures of 10 days has a standard error below 2 %. */
    @Test
    void drawnJobsWantWhatIsForecastWithinTheHoursOfTheirDay() {
        PlannedDemand planned = plan(Play.FORECAST);
        double gpuHours = 0;
        for (int future = 0; future < 40; future++) {
            for (ClusterJob job : planned.jobs(STREAMS.forReplication(future))) {
                double hour = SimTime.seconds(job.submitNanos()) / HOUR % 24;
                assertTrue(hour >= 8 && hour < 20, job.toString());
                assertEquals(job.gpus() == 8, job.id().startsWith("noon/"));
                gpuHours += job.gpus() * SimTime.seconds(job.runNanos()) / HOUR;
            }
        }
        assertEquals(32, gpuHours / 400, 32 * 0.06);
        assertEquals(planned.jobs(STREAMS), plan(Play.FORECAST).jobs(STREAMS));
    }

    @Test
    void theJobsThatCameAreThoseOfThePlannedDaysFromTimeZero() {
        List<ClusterJob> jobs = plan(Play.ACTUAL).jobs(STREAMS);

        assertEquals(130, jobs.size());
        assertEquals(8 * HOUR, SimTime.seconds(jobs.get(0).submitNanos()));
        assertTrue(jobs.stream().anyMatch(job -> job.id().equals("noon/45")));
    }

    @Test
    void aListShorterThanTheFitIsRefused() {
        ForecastQuestion question = new ForecastQuestion(61, 0, 10, new TrendAndSeason(), 0.8, Play.FORECAST);

        UnfitHistoryException unfit =
                assertThrows(UnfitHistoryException.class, () -> new PlannedDemand(question, list()));
        assertTrue(unfit.getMessage().contains("60 days"), unfit.getMessage());
    }
}
