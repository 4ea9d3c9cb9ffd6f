"""Addresses of what concerns questions alone."""

from django.urls import path

from questions.views import asking, closing, lists, log, merging, reviewing

urlpatterns = [
    path("", lists.home, name="home"),
    path("active/", lists.home, {"order": "active"}, name="home-active"),
    path("unanswered/", lists.home, {"order": "unanswered"}, name="home-unanswered"),
    path("useful/", lists.home, {"order": "useful"}, name="home-useful"),
    path("followed/", lists.home, {"order": "followed"}, name="home-followed"),
    path("tags/", lists.tags, name="tags"),
    path("tags-complete/", lists.complete_tags, name="complete-tags"),
    path("tags/<str:name>/", lists.tag, name="tag"),
    path("ask/", asking.ask, name="ask"),
    path("ask/similar/", asking.similar, name="similar"),
    path("questions/<int:pk>/same/", asking.same_question, name="same-question"),
    path("questions/<int:pk>/arrived/", lists.arrived, name="arrived"),
    path("alternates/", lists.alternates, name="alternates"),
    path("alternates/arrivals/", lists.arrivals, name="alternates-arrivals"),
    path("questions/<int:pk>/edit/", asking.edit, name="edit-question"),
    path("questions/<int:pk>/alternates/add/", asking.add_alternate, name="add-alternate"),
    path("questions/<int:pk>/merge/", merging.choose_target, name="choose-target"),
    path("questions/<int:pk>/suggest-merge/", merging.suggest_merge, name="suggest-merge"),
    path("questions/<int:pk>/split/", merging.split, name="split"),
    path("questions/<int:pk>/promote/", merging.promote, name="promote"),
    path("questions/<int:pk>/lock/", closing.lock, name="lock-question"),
    path("questions/<int:pk>/close-comments/", closing.close_comments, name="close-comments"),
    path("questions/<int:pk>/follow/", merging.follow, name="follow"),
    path("acts/<int:pk>/undo/", merging.undo, name="undo"),
    path("merges/", log.merges, name="merges"),
    path("review/duplicates/", reviewing.overview, name="review-duplicates"),
    path("review/duplicates/next/", reviewing.next_pair, name="review-next"),
    path("review/duplicates/look-again/", reviewing.look_again, name="review-look-again"),
    path("review/duplicates/<int:pk>/claim/", reviewing.claim, name="review-claim"),
    path("review/wordings/", reviewing.wordings, name="review-wordings"),
    path("review/wordings/<int:pk>/", reviewing.decide_wording, name="review-wording"),
    path("review/wordings/<int:pk>/reconsider/", reviewing.reconsider_wording, name="reconsider-wording"),
]
