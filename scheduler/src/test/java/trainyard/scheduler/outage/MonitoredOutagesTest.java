package trainyard.scheduler.outage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class MonitoredOutagesTest {

    private static long stuck(long atNanos, long stuckNanos) {
        NodeOutage fault = new NodeOutage(atNanos, NodeOutage.Kind.FAULT, 0, 1, 0, stuckNanos, true, 100);
        return new MonitoredOutages(new ListedOutages(List.of(fault)), 30)
                .take()
                .stuckNanos();
    }

    /** Looks at 0, 30, 60 and so on. */
    @Test
    void aFaultIsNoticedAtTheNextLook() {
        assertEquals(5, stuck(25, 0));
        assertEquals(0, stuck(30, 0));
        assertEquals(29, stuck(31, 0));
        // Known at 35, looked at at 60.
        assertEquals(35, stuck(25, 10));
    }

    @Test
    void whatIsAnnouncedIsKnownByItself() {
        NodeOutage planned = NodeOutage.announced(NodeOutage.Kind.MAINTENANCE, 25, 0, 1, 10, 100);

        assertEquals(planned, new MonitoredOutages(new ListedOutages(List.of(planned)), 30).take());
    }
}
