package proteus.adapters.rpc;

import proteus.adapters.rpc.value.JsonContent;

/** Methods about the dashboard. Upstream has nothing like it. */
final class DashboardMethods {

    private final DashboardLinks links;

    DashboardMethods(DashboardLinks links) {
        this.links = links;
    }

    void addTo(MethodTable methods) {
        methods.put("dashboard_link", this::dashboardLink);
    }

    private Answer dashboardLink(Arguments arguments) throws CallException {
        String link = links.fresh()
                .orElseThrow(() -> CallException.failed("this node serves no dashboard; start it with --dashboard"));
        return Answer.of(JsonContent.text(link));
    }
}
