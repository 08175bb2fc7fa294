package trainyard.faults.coordination.waiting;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Waits that never end: a cycle of parties that wait for one another, or a wait for one that will never come.
 *
 * @param sinceNanos when the last of these waits began; nothing could end them from then on
 * @param cycle the waits of a cycle in their order; empty where there is none
 * @param hopeless waits for parties that are dead or have ended
 * @param waiting every party that waits, in the order in which they began
 * @param waits every wait for another party, those that others merely join behind included
 */
public record Deadlock(
        long sinceNanos,
        List<WaitForGraph.Wait> cycle,
        List<WaitForGraph.Wait> hopeless,
        List<String> waiting,
        List<WaitForGraph.Wait> waits) {

    public Deadlock {
        cycle = List.copyOf(cycle);
        hopeless = List.copyOf(hopeless);
        waiting = List.copyOf(waiting);
        waits = List.copyOf(waits);
    }

    /** Those who wait for one another; those who wait for the dead and the dead where nobody waits in a circle. */
    public List<String> members() {
        if (!cycle.isEmpty()) {
            return cycle.stream().map(WaitForGraph.Wait::who).toList();
        }
        List<String> members = new ArrayList<>(
                hopeless.stream().map(WaitForGraph.Wait::who).distinct().toList());
        hopeless.stream().map(WaitForGraph.Wait::whom).distinct().forEach(members::add);
        return members;
    }

    /** In a sentence without a final stop, such as {@code rank-0 waits for rank-1 (all-reduce a), rank-1 for rank-0 (...)}. */
    public String describe() {
        List<WaitForGraph.Wait> shown = cycle.isEmpty() ? hopeless : cycle;
        String waits = shown.stream()
                .limit(4)
                .map(wait -> wait.who() + " waits for " + wait.whom() + " in " + wait.what())
                .collect(Collectors.joining(", "));
        return waits + (shown.size() > 4 ? " and " + (shown.size() - 4) + " more" : "");
    }
}
