package trainyard.scenario.workload.sgd;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import trainyard.scenario.workload.detail.TimeSeries;
import trainyard.scenario.workload.detail.TimeSeries.At;
import trainyard.scenario.workload.detail.TimeSeries.Shape;
import trainyard.training.run.TrainingOutcome;
import trainyard.training.run.TrainingOutcome.UsePoint;
import trainyard.training.run.WorkerUse;

/** What workers do over the time of a run, as shares that sum to one at each moment. */
final class WorkerTimes {

    private WorkerTimes() {}

    /** A curve for each state that some worker is in; none where a run tells nothing of them. */
    static List<TimeSeries> of(TrainingOutcome seen) {
        List<TimeSeries> curves = new ArrayList<>();
        add(curves, "computing", seen, WorkerUse::computingSeconds);
        add(curves, "exchanging", seen, WorkerUse::exchangingSeconds);
        add(curves, "waiting", seen, WorkerUse::waitingSeconds);
        add(curves, "down", seen, WorkerUse::downSeconds);
        return List.copyOf(curves);
    }

    private static void add(
            List<TimeSeries> curves, String name, TrainingOutcome seen, ToDoubleFunction<WorkerUse> state) {
        List<UsePoint> curve = seen.useCurve();
        List<At> points = new ArrayList<>();
        for (int i = 0; i + 1 < curve.size(); i++) {
            UsePoint from = curve.get(i);
            UsePoint to = curve.get(i + 1);
            double passed = (to.seconds() - from.seconds()) * seen.uses().size();
            points.add(
                    new At(from.seconds(), (state.applyAsDouble(to.use()) - state.applyAsDouble(from.use())) / passed));
        }
        if (points.stream().anyMatch(point -> point.value() > 0)) {
            points.add(new At(
                    curve.get(curve.size() - 1).seconds(),
                    points.get(points.size() - 1).value()));
            curves.add(new TimeSeries(SgdMetrics.WORKER_TIME, name, Shape.STEP, points));
        }
    }
}
