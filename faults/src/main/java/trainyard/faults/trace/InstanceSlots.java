package trainyard.faults.trace;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Turns instances that come and go into nodes that are out of use and come back: a new instance takes the first free place,
 * and a place without an instance is an outage. So at any time as many nodes work as there are instances.
 */
final class InstanceSlots {

    private static final String CAUSE = "preemption";

    private final TreeSet<Integer> free = new TreeSet<>();
    private final TreeMap<Integer, Double> freeSince = new TreeMap<>();
    private final Map<String, Integer> placeOf = new HashMap<>();
    private final List<Outage> outages = new ArrayList<>();
    private final int places;
    private final double creationSeconds;

    InstanceSlots(int places) {
        this(places, 0);
    }

    /**
     * @param creationSeconds from the arrival of an instance until it can be used; those of time 0 are there
     */
    InstanceSlots(int places, double creationSeconds) {
        this.creationSeconds = creationSeconds;
        this.places = places;
        for (int place = 0; place < places; place++) {
            free.add(place);
            freeSince.put(place, 0.0);
        }
    }

    void add(String instance, double seconds) {
        int place = free.pollFirst();
        placeOf.put(instance, place);
        double since = freeSince.remove(place);
        double up = seconds == 0 ? 0 : seconds + creationSeconds;
        if (up > since) {
            outages.add(new Outage(place, since, up, CAUSE));
        }
    }

    void remove(String instance, double seconds) {
        int place = placeOf.remove(instance);
        free.add(place);
        freeSince.put(place, seconds);
    }

    /** What has been seen up to the end. */
    OutageTrace close(double spanSeconds) {
        freeSince.forEach((place, since) -> {
            if (spanSeconds > since) {
                outages.add(new Outage(place, since, spanSeconds, CAUSE));
            }
        });
        freeSince.clear();
        return new OutageTrace(
                outages.stream().map(outage -> cut(outage, spanSeconds)).toList(), places, spanSeconds);
    }

    private static Outage cut(Outage outage, double endSeconds) {
        return new Outage(
                outage.node(), outage.startSeconds(), Math.min(endSeconds, outage.endSeconds()), outage.cause());
    }

    /** Named instances; the trace begins with its first event. */
    static OutageTrace of(MembershipTrace trace, double creationSeconds) {
        InstanceSlots slots = new InstanceSlots(trace.mostNodes(), creationSeconds);
        for (MembershipTrace.Event event : trace.events()) {
            double seconds = event.seconds() - trace.startSeconds();
            if (event.kind() == MembershipTrace.Kind.ADD) {
                slots.add(event.node(), seconds);
            } else {
                slots.remove(event.node(), seconds);
            }
        }
        return slots.close(trace.spanSeconds());
    }

    /** Numbers of instances over time; of those there are the one in the last place goes first. */
    static OutageTrace of(InstanceCounts trace) {
        InstanceSlots slots = new InstanceSlots(trace.most());
        double start = trace.points().get(0).seconds();
        int there = 0;
        for (InstanceCounts.Point point : trace.points()) {
            for (; there < point.count(); there++) {
                slots.add(String.valueOf(there), point.seconds() - start);
            }
            for (; there > point.count(); there--) {
                slots.remove(String.valueOf(there - 1), point.seconds() - start);
            }
        }
        return slots.close(trace.spanSeconds());
    }

    /** Numbers of instances at regular ticks. */
    static OutageTrace of(CapacitySeries series) {
        List<InstanceCounts.Point> points = new ArrayList<>();
        for (int tick = 0; tick < series.counts().size(); tick++) {
            points.add(new InstanceCounts.Point(
                    tick * series.gapSeconds(), series.counts().get(tick)));
        }
        points.add(new InstanceCounts.Point(
                series.counts().size() * series.gapSeconds(),
                series.counts().get(series.counts().size() - 1)));
        return of(new InstanceCounts(points));
    }
}
