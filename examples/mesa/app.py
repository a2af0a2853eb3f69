"""The cluster in the browser: ``solara run app.py``."""

import solara
from agents import COLOURS, MARKERS, SHOWN, portray
from matplotlib.figure import Figure
from mesa.visualization import SolaraViz, make_plot_component
from mesa.visualization.utils import update_counter
from model import BatikCluster

model_params = {
    "seed": {"type": "InputText", "value": 1, "label": "Luck (seed)"},
    "monitoring_interval": {
        "type": "SliderInt", "value": 3, "label": "Months between visits",
        "min": 1, "max": 24, "step": 1,
    },
    "persistence": {
        "type": "SliderFloat", "value": 0.5, "label": "Mean persistence",
        "min": 0.2, "max": 0.8, "step": 0.05,
    },
    "leadership": {
        "type": "SliderFloat", "value": 0.6, "label": "Leadership of meetings",
        "min": 0.0, "max": 1.0, "step": 0.1,
    },
}  # fmt: skip


@solara.component
def People(model):
    """Everybody ever trained, by skill and persistence."""
    update_counter.get()  # draws anew after each step
    figure = Figure()
    axes = figure.subplots()
    people = [look for one in model.trained if (look := portray(one))]
    for status in SHOWN:
        here = [look for look in people if look["color"] == COLOURS[status]]
        axes.scatter(
            [look["x"] for look in here], [look["y"] for look in here],
            c=COLOURS[status], marker=MARKERS[status], label=f"{status} ({len(here)})",
        )  # fmt: skip
    axes.set(xlim=(0, 1), ylim=(0, 1), xlabel="skill", ylabel="persistence")
    axes.set_title(f"after {model.month} months: {model.cluster.state_word}")
    axes.legend(loc="lower right")
    solara.FigureMatplotlib(figure)


page = SolaraViz(
    BatikCluster(),
    components=[
        People,
        make_plot_component(["producers", "independents"]),
        make_plot_component(["tie_trust", "commitment", "shared_understanding"]),
    ],
    model_params=model_params,
    name="Batik cluster of North Sangatta, stylised",
)
page  # noqa: B018
