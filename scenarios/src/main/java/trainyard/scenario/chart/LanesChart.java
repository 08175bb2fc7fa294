package trainyard.scenario.chart;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import trainyard.report.figure.Figure;
import trainyard.report.figure.GanttFigure;
import trainyard.report.figure.GanttFigure.Band;
import trainyard.report.figure.GanttFigure.Interval;
import trainyard.report.figure.GanttFigure.Row;
import trainyard.scenario.section.report.ChartSection;
import trainyard.scenario.workload.detail.Details;
import trainyard.scenario.workload.detail.Lane;
import trainyard.scenario.workload.metric.Wording;

/** Who does what when within the first replication, in the window asked for or in that worth a look. */
final class LanesChart {

    private static final int MOST_LANES = 64;

    /** Designs that a caption names one by one. */
    private static final int MOST_NAMED = 4;

    /** As many as there are colours. */
    private static final int MOST_STATES = 12;

    /** A stage of a trial. */
    /** A name that ends in a number, such as {@code rung 2} and {@code job bert/3}. */
    private static final Pattern NUMBERED = Pattern.compile("(.*[^0-9])([0-9]{1,6})");

    private static final String OTHERS = "others";

    private final ChartRequest request;
    private final Map<String, Details> candidates;
    private final double from;
    private final double to;
    private final TimeAxis time;
    private final Set<String> shownStates;

    private LanesChart(ChartRequest request, Map<String, Details> candidates) {
        this.request = request;
        this.candidates = candidates;
        Optional<Double> end = request.values().find(ChartSection.TO);
        from = request.values()
                .find(ChartSection.FROM)
                .orElseGet(() -> end.isPresent() && end.get() <= focusStart() ? 0 : focusStart());
        to = request.end(from, from < focusEnd() ? focusEnd() : lastSeconds());
        time = TimeAxis.upTo(to - from);
        shownStates = mostlySeen();
    }

    /** The figure; nothing where no cell has lanes in the window. */
    static Optional<Figure> of(ChartRequest request) {
        Map<String, Details> candidates = new LinkedHashMap<>();
        request.candidateDetails().forEach((name, details) -> {
            if (!details.get(0).lanes().isEmpty()) {
                candidates.put(name, details.get(0));
            }
        });
        return candidates.isEmpty() ? Optional.empty() : new LanesChart(request, candidates).figure();
    }

    /** States of few lanes' time share a colour where there are more states than colours. */
    private Set<String> mostlySeen() {
        Map<String, Double> seconds = new LinkedHashMap<>();
        candidates.values().stream()
                .flatMap(details -> details.lanes().stream())
                .flatMap(lane -> lane.spans().stream())
                .filter(span -> span.endSeconds() > from && span.startSeconds() < to)
                .forEach(span -> seconds.merge(span.state(), span.endSeconds() - span.startSeconds(), Double::sum));
        if (seconds.size() <= MOST_STATES) {
            return seconds.keySet();
        }
        return seconds.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .limit(MOST_STATES - 1)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private String shown(String state) {
        return shownStates.contains(state) ? state : OTHERS;
    }

    private static Band band(Lane.Part part) {
        return part.equals(Lane.Part.WHOLE) ? Band.WHOLE : new Band(part.from(), part.to());
    }

    private double focusStart() {
        return candidates.values().stream()
                .flatMap(details -> details.focus().stream())
                .mapToDouble(Details.Window::fromSeconds)
                .min()
                .orElse(0);
    }

    private double focusEnd() {
        return candidates.values().stream()
                .mapToDouble(details ->
                        details.focus().map(Details.Window::toSeconds).orElseGet(() -> end(details)))
                .max()
                .orElse(1);
    }

    private double lastSeconds() {
        return candidates.values().stream().mapToDouble(LanesChart::end).max().orElse(1);
    }

    private static double end(Details details) {
        return details.lanes().stream()
                .flatMap(lane -> lane.spans().stream())
                .mapToDouble(Lane.Span::endSeconds)
                .max()
                .orElse(1);
    }

    /** States in the order of their appearance; where all end in numbers, those that differ in them alone by the number. */
    private static List<String> inOrder(Set<String> states) {
        Map<String, TreeMap<Integer, String>> byNumber = new LinkedHashMap<>();
        for (String state : states) {
            Matcher name = NUMBERED.matcher(state);
            if (!name.matches()) {
                return List.copyOf(states);
            }
            byNumber.computeIfAbsent(name.group(1), any -> new TreeMap<>()).put(Integer.parseInt(name.group(2)), state);
        }
        List<String> ordered = byNumber.values().stream()
                .flatMap(names -> names.values().stream())
                .toList();
        // Numbers with zeros before them may be equal.
        return ordered.size() == states.size() ? ordered : List.copyOf(states);
    }

    private Optional<Figure> figure() {
        List<Row> rows = new ArrayList<>();
        List<String> lanes = new ArrayList<>();
        Set<String> states = new LinkedHashSet<>();
        Map<String, Integer> leftOut = new LinkedHashMap<>();
        candidates.forEach((name, details) -> {
            for (Lane lane : details.lanes()) {
                List<Interval> intervals = intervals(lane);
                if (intervals.isEmpty() || !isWorthALook(lane, intervals)) {
                    continue;
                }
                if (rows.size() == MOST_LANES) {
                    leftOut.merge(name, 1, Integer::sum);
                } else {
                    rows.add(new Row(candidates.size() == 1 ? lane.name() : name + ": " + lane.name(), intervals));
                    lanes.add(lane.name());
                    intervals.forEach(interval -> states.add(interval.state()));
                }
            }
        });
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        boolean focused =
                candidates.values().stream().anyMatch(details -> details.focus().isPresent());
        String title = focused ? "What happens around a failure" : "Who does what when";
        String caption = "the first replication; time counts from its start.";
        return Optional.of(new GanttFigure(
                request.text(title, caption, remark(rows.size(), leftOut)),
                time.axis().from(time.of(from)).upTo(time.of(to)),
                Words.kind(lanes),
                inOrder(states),
                rows));
    }

    /** How many rows are drawn where there is no room for all, so that nobody takes them for all. */
    private String remark(int drawn, Map<String, Integer> leftOut) {
        if (leftOut.isEmpty()) {
            return "";
        }
        int all = drawn + leftOut.values().stream().mapToInt(Integer::intValue).sum();
        String shown = "The first " + drawn + " of " + all + " rows are shown";
        if (candidates.size() == 1) {
            return shown + ".";
        }
        String designs = leftOut.entrySet().stream()
                .limit(MOST_NAMED)
                .map(entry -> Wording.counted(entry.getValue(), "row") + " of " + entry.getKey())
                .collect(Collectors.joining(", "));
        int others = leftOut.size() - MOST_NAMED;
        return shown + "; left out are " + designs
                + (others > 0 ? " and those of " + Wording.counted(others, "other design") : "")
                + ". Name fewer designs under at.";
    }

    private static boolean isWorthALook(Lane lane, List<Interval> shown) {
        String first = shown.get(0).state();
        String last = shown.get(shown.size() - 1).state();
        return lane.notable().isEmpty()
                || !first.equals(last)
                || shown.stream().anyMatch(interval -> !interval.state().equals(first))
                        && shown.stream().anyMatch(interval -> lane.notable().contains(interval.state()));
    }

    private List<Interval> intervals(Lane lane) {
        List<Interval> intervals = new ArrayList<>();
        String before = "";
        for (Lane.Span span : lane.spans()) {
            if (span.endSeconds() > from && span.startSeconds() < to) {
                double start = time.of(Math.max(from, span.startSeconds()));
                double end = time.of(Math.min(to, span.endSeconds()));
                // What follows from a cause, such as work done again, is not the cause.
                String label = span.label().equals(before) ? "" : span.label();
                intervals.add(new Interval(start, end, shown(span.state()), label, band(span.part())));
                before = span.label();
            }
        }
        return intervals;
    }
}
