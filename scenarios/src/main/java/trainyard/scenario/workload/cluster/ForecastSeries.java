package trainyard.scenario.workload.cluster;

import java.util.ArrayList;
import java.util.List;
import trainyard.scenario.workload.detail.TimeSeries;
import trainyard.scenario.workload.metric.Bounds;
import trainyard.scenario.workload.metric.Metric;
import trainyard.scenario.workload.metric.Metric.Better;
import trainyard.scheduler.cluster.ClusterLayout;
import trainyard.scheduler.forecast.DemandForecast;
import trainyard.scheduler.forecast.PlannedDemand;
import trainyard.scheduler.run.watch.ClusterRecord;
import trainyard.sim.engine.SimTime;
import trainyard.sim.units.Dimension;

/** The demand of the past and of the days to come, and the cluster that is to serve it; time 0 is where the jobs begin. */
final class ForecastSeries {

    static final Metric DEMAND = new Metric(
            "gpu-demand",
            Dimension.NUMBER,
            "GPUs",
            1,
            Bounds.NOT_NEGATIVE,
            Better.NEITHER,
            "GPUs that jobs want in the mean over a day, as if none waited: those that came, and those that a forecast expects with"
                    + " its band; and the GPUs that are there to serve them.");

    private static final double DAY = 86_400;

    private ForecastSeries() {}

    static List<TimeSeries> of(PlannedDemand planned, ClusterRecord record, ClusterLayout layout) {
        List<TimeSeries.At> came = new ArrayList<>();
        List<Double> wanted = planned.wanted().gpus();
        for (int day = 0; day < wanted.size(); day++) {
            came.add(new TimeSeries.At(noon(day), wanted.get(day)));
        }
        List<TimeSeries.At> expected = new ArrayList<>();
        List<DemandForecast.Day> days = planned.forecast().days();
        for (int day = 0; day < days.size(); day++) {
            DemandForecast.Day one = days.get(day);
            double seconds = noon(planned.question().fitDays() + day);
            expected.add(new TimeSeries.At(seconds, one.expected(), one.low(), one.high()));
        }
        return List.of(
                new TimeSeries(DEMAND, "wanted", TimeSeries.Shape.LINE, came),
                new TimeSeries(DEMAND, "forecast", TimeSeries.Shape.LINE, expected),
                new TimeSeries(DEMAND, "GPUs there", TimeSeries.Shape.STEP, there(planned, record, layout)));
    }

    private static double noon(int day) {
        return (day + 0.5) * DAY;
    }

    /** GPUs of the cluster over the planned days. */
    private static List<TimeSeries.At> there(PlannedDemand planned, ClusterRecord record, ClusterLayout layout) {
        double start = planned.question().firstDay() * DAY;
        double end = planned.question().endDay() * DAY;
        List<TimeSeries.At> points = new ArrayList<>();
        if (record.provisions().isEmpty()) {
            points.add(new TimeSeries.At(start, layout.gpus()));
        }
        for (ClusterRecord.Provision provision : record.provisions()) {
            double seconds = start + SimTime.seconds(provision.nanos());
            if (!points.isEmpty() && points.get(points.size() - 1).seconds() == seconds) {
                points.remove(points.size() - 1);
            }
            if (seconds <= end) {
                points.add(new TimeSeries.At(seconds, provision.gpus()));
            }
        }
        points.add(new TimeSeries.At(end, points.get(points.size() - 1).value()));
        return points;
    }
}
