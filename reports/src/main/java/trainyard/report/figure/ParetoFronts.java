package trainyard.report.figure;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import trainyard.report.figure.ScatterFigure.Goal;
import trainyard.report.figure.ScatterFigure.Group;
import trainyard.report.figure.ScatterFigure.Mark;
import trainyard.report.figure.ScatterFigure.ParetoFront;

/** Finds the points that no other point beats on both axes. */
public final class ParetoFronts {

    private ParetoFronts() {}

    /** The front over all groups, in ascending order of x. Of points at the same place one is kept. */
    public static List<Mark> of(List<Group> groups, ParetoFront goals) {
        Comparator<Mark> bestXFirst = Comparator.comparingDouble(mark -> signed(mark.x(), goals.xGoal()));
        Comparator<Mark> bestYFirst = Comparator.comparingDouble(mark -> signed(mark.y(), goals.yGoal()));
        List<Mark> candidates = groups.stream()
                .flatMap(group -> group.points().stream())
                .sorted(bestXFirst.thenComparing(bestYFirst))
                .toList();
        List<Mark> front = new ArrayList<>();
        double bestY = Double.POSITIVE_INFINITY;
        for (Mark mark : candidates) {
            double y = signed(mark.y(), goals.yGoal());
            if (y < bestY) {
                front.add(mark);
                bestY = y;
            }
        }
        front.sort(Comparator.comparingDouble(Mark::x));
        return front;
    }

    /**
     * The edge of what the front leaves behind: stairs through its points, from the worst y to the worst x. Points beyond the
     * stairs are beaten on both axes by one of the front.
     *
     * @param worstX where the last tread ends, not better than any x
     * @param worstY where the first riser starts, not better than any y
     */
    public static List<Point> stairs(List<Group> groups, ParetoFront goals, double worstX, double worstY) {
        List<Mark> front = new ArrayList<>(of(groups, goals));
        if (goals.xGoal() == Goal.MAXIMISE) {
            Collections.reverse(front);
        }
        List<Point> stairs = new ArrayList<>();
        double level = worstY;
        for (Mark mark : front) {
            stairs.add(Point.of(mark.x(), level));
            stairs.add(Point.of(mark.x(), mark.y()));
            level = mark.y();
        }
        stairs.add(Point.of(worstX, level));
        return stairs;
    }

    private static double signed(double value, Goal goal) {
        return goal == Goal.MINIMISE ? value : -value;
    }
}
